using System.Diagnostics;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>How soon a long run is there, and any moment of it. Told, not judged.</summary>
[TestFixture]
[Explicit("measures for a minute on a quiet machine")]
internal sealed class ViewMeasures : PageTest
{
    [Test]
    public async Task Seconds_until_a_million_events_are_open_and_milliseconds_of_seeks()
    {
        using var run = await StoredRun.MakeAsync(peers: 1000, publishers: 20);
        var begun = Stopwatch.GetTimestamp();
        var program = await StartAsync("view", run.Folder);
        var page = await OpenAsync(program.Address);
        await UntilAsync(
            page, "window.gossipsim?.stage.overlay.stats.drawnAt > 0 && window.gossipsim.world.links.size > 0");
        var events = await page.EvaluateAsync<int>("window.gossipsim.stage.about.events");
        TestContext.Out.WriteLine(
            $"{events:N0} events, drawn {Stopwatch.GetElapsedTime(begun).TotalSeconds:F2} s after the command");
        foreach (var share in (double[])[0.9, 0.1, 0.5, 0.7, 0.3, 0.99])
        {
            var took = await page.EvaluateAsync<double>(
                "async share => { const begun = performance.now(); const player = window.gossipsim.player;"
                + " await player.seek(player.end * share); return performance.now() - begun; }", share);
            TestContext.Out.WriteLine($"seek to {share:P0} of the run: {took:F0} ms");
        }

        await ScreenshotAsync(page, "measured-seek");
        await page.CloseAsync();
        await program.InterruptAsync();
    }
}

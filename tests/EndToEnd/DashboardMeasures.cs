using System.Diagnostics;
using Microsoft.Playwright;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>How fast the dashboard draws. Told, not judged: what else the machine does is part of it.</summary>
[TestFixture]
[Explicit("measures for minutes on a quiet machine")]
internal sealed class DashboardMeasures : PageTest
{
    private const string World = "window.gossipsim.world";

    [Test]
    public async Task Frames_a_second_with_200_real_peers()
    {
        var program = await StartAsync("crash-hub", "--dashboard");
        var page = await OpenAsync(program.Address);
        await UntilAsync(page, $"{World}.scenarioStart !== null && {World}.at > {World}.scenarioStart + 6");
        for (var part = 0; part < 3; part++)
        {
            TestContext.Out.WriteLine($"{await FramesASecondAsync(page, 180):F1} frames a second");
        }

        await ScreenshotAsync(page, "measured-200");
        await UntilAsync(page, $"{World}.ended !== null");
        await program.UntilSaidAsync("The page stays");
        await page.CloseAsync();
        await program.InterruptAsync();
    }

    [TestCase(1000)]
    [TestCase(10_000)]
    public async Task Seconds_until_simulated_peers_are_drawn(int peers)
    {
        var program = await StartAsync(
            "crash-hub", "--runtime", "sim", "--dashboard", "--set", $"peers.count={peers}",
            "--set", "peers.joinIntervalMs=1", "--set", "phases.measureSeconds=12", "--set", "expectations=[]");
        var first = await OpenAsync(program.Address);
        await UntilAsync(first, $"{World}.ended !== null");
        await first.CloseAsync();
        var begun = Stopwatch.GetTimestamp();
        var page = await OpenAsync(program.Address);
        await UntilAsync(
            page, $"window.gossipsim.overlay.stats.drawnAt > 0 && {World}.nodes.length >= {peers}"
            + $" && window.gossipsim.overlay.layout.count >= {peers}");
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        TestContext.Out.WriteLine($"{peers} peers drawn {seconds:F2} s after the click");
        await ScreenshotAsync(page, $"measured-{peers}-at-first");
        TestContext.Out.WriteLine($"{await FramesASecondAsync(page, 100):F1} frames a second while it is laid out");
        await ScreenshotAsync(page, $"measured-{peers}");
        await page.CloseAsync();
        await program.InterruptAsync();
    }

    /// <summary>Counted by the browser's own clock.</summary>
    private static async Task<double> FramesASecondAsync(IPage page, int frames)
    {
        const string Reading = "[window.gossipsim.overlay.stats.frames, performance.now()]";
        var before = await page.EvaluateAsync<double[]>(Reading);
        await UntilAsync(page, $"window.gossipsim.overlay.stats.frames >= {before[0] + frames}");
        var after = await page.EvaluateAsync<double[]>(Reading);
        return (after[0] - before[0]) * 1000 / (after[1] - before[1]);
    }
}

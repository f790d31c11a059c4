using Microsoft.Playwright;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>A stored run in a browser: seek, play, step, follow, fork; and the player of its report.</summary>
[TestFixture]
internal sealed class ViewTests : PageTest
{
    private const string Player = "window.gossipsim?.player";
    private const string World = "window.gossipsim?.world";

    [Test]
    public async Task A_run_is_searched_played_followed_and_forked()
    {
        using var run = await StoredRun.MakeAsync(peers: 40);
        var program = await StartAsync("view", run.Folder);
        var page = await OpenAsync(program.Address);
        await UntilAsync(page, $"{World}?.scenarioStart !== null && {World}.links.size > 40");

        await page.SelectOptionAsync("#kind", "processCrashed");
        await page.Locator("body").PressAsync("n");
        await UntilAsync(page, $"{World}.countOf('processCrashed') === 1");
        var victim = await page.EvaluateAsync<string>($"{World}.nodes.find(n => n.state === 'crashed').address");
        await page.EvaluateAsync($"window.gossipsim.stage.overlay.selectAddress('{victim}')");
        await UntilAsync(page, "document.querySelectorAll('#follow .receipt').length > 3");
        await page.SelectOptionAsync("#kind", "suspected");
        await page.ClickAsync("#step");
        await UntilAsync(page, $"{World}.find('{victim}').suspectedBy.size === 1");
        await page.ClickAsync("#step-back");
        await UntilAsync(page, "document.querySelector('#said').textContent.includes('nothing like that')");
        await ScreenshotAsync(page, "view-suspected");
        await UntilAsync(page, "window.gossipsim.stage.overlay.labels.length > 3");
        await AssertLabelsApartAsync(page);

        await page.EvaluateAsync("document.activeElement.blur()");   // on a button space presses it
        await page.Locator("body").PressAsync("+");
        await page.Locator("body").PressAsync(" ");
        await UntilAsync(page, $"{World}.find('{victim}').isRemoved");
        await page.Locator("body").PressAsync(" ");
        Assert.That(await page.EvaluateAsync<int>($"{Player}.direction"), Is.Zero);
        await page.EvaluateAsync($"{Player}.seek({Player}.start + 2e6)");
        await UntilAsync(page, $"{World}.find('{victim}').isUp && location.hash.startsWith('#t=2.0')");
        await page.ClickAsync("text=Latest message");
        await UntilAsync(page, "document.querySelector('.followed').textContent.startsWith('Message ')");

        await page.ClickAsync("#fork button:has-text('had not happened')");
        await page.ClickAsync("text=Run the fork");
        await UntilAsync(page, "document.querySelector('#fork .good') !== null");
        await ScreenshotAsync(page, "view-forked");
        await AssertReadableAsync(page);
        Assert.That(await page.Locator("#fork .good").TextContentAsync(), Does.Contain("fingerprint"));
        await page.ClickAsync("#fork a");
        // Not on the page that is left, and not before the new one can be asked for anything.
        await UntilAsync(
            page,
            $"location.search.endsWith('_fork') && {Player} !== undefined"
                + " && document.querySelector('#fork .good') !== null");
        await page.EvaluateAsync($"{Player}.seek({Player}.end)");
        await UntilAsync(page, $"{World}.ended !== null && {World}.countOf('processCrashed') === 0");
        // A page that is still open asks for the events before this moment when nobody answers any more.
        await page.CloseAsync();
        Assert.That(await program.InterruptAsync(), Is.Zero, program.Output);
    }

    [Test]
    public async Task A_program_that_has_ended_is_told_and_what_cannot_be_done_is_not_offered()
    {
        using var run = await StoredRun.MakeAsync(peers: 20);
        File.Delete(run["scenario.effective.json"]);
        var program = await StartAsync("view", run.Folder);
        var page = await OpenAsync(program.Address, expected: "net::ERR");
        await UntilAsync(page, "document.querySelector('#fork').textContent.includes('cannot be forked')");
        Assert.That(await page.Locator("#fork button").CountAsync(), Is.Zero);

        await program.InterruptAsync();

        await UntilAsync(page, "document.querySelector('#state').textContent.startsWith('the program has ended')");
        await page.ClickAsync("#step");
        await UntilAsync(page, "document.querySelector('#said').textContent.startsWith('the program has ended')");
        await ScreenshotAsync(page, "view-program-ended");
    }

    [TestCase("phone-dark", 390, 844, ColorScheme.Dark)]
    [TestCase("projector", 1920, 1080, ColorScheme.Light)]
    public async Task It_fits_and_its_report_plays_without_the_program(
        string name, int width, int height, ColorScheme scheme)
    {
        using var run = await StoredRun.MakeAsync(peers: 20);
        var options = new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        };
        var program = await StartAsync("view", run.Folder);
        var page = await OpenAsync(new Uri(program.Address, "#t=6.5"), options);
        await UntilAsync(page, $"{World}?.nodes.some(n => n.state === 'crashed')");
        await ScreenshotAsync(page, $"view-{name}");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        await AssertLabelsApartAsync(page);
        await AssertReadableAsync(page);

        await page.GotoAsync(new Uri(run["report.html"]).AbsoluteUri);
        var player = page.Frames.Single(frame => frame != page.MainFrame);
        await player.WaitForFunctionAsync($"{World}?.links.size > 20");
        await page.Locator("iframe.player").ScrollIntoViewIfNeededAsync();
        await player.SelectOptionAsync("#kind", "processCrashed");
        await player.ClickAsync("#step");
        await player.WaitForFunctionAsync($"{World}.nodes.some(n => n.state === 'crashed')");
        await ScreenshotAsync(page, $"report-player-{name}");
    }

    /// <summary>No two words of the picture share any place.</summary>
    private static async Task AssertLabelsApartAsync(IPage page) => Assert.That(
        await page.EvaluateAsync<int>(
            "(() => { const boxes = window.gossipsim.stage.overlay.labels;"
            + " return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.left < b.right && b.left < a.right"
            + " && a.top < b.bottom && b.top < a.bottom)).length; })()"),
        Is.Zero);
}

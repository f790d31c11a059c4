using GossipSim.Tests.Scenarios.Running;
using Microsoft.Playwright;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>The live dashboard of a local network, in a browser.</summary>
[TestFixture]
internal sealed class DashboardTests : PageTest
{
    private const string World = "window.gossipsim.world";

    [Test]
    public async Task A_peer_is_killed_from_the_page_and_removed_by_quorum()
    {
        var first = FreePorts.Take(15);
        var program = await UpAsync(first, peers: 12);
        var page = await OpenAsync(program.Address);
        await UntilAsync(page, $"{World}.scenarioStart !== null && {World}.links.size > 12");
        await ScreenshotAsync(page, "dashboard");
        var victim = $"127.0.0.1:{first + 5}";

        await page.FillAsync("#find", $"{first + 5}");
        await page.PressAsync("#find", "Enter");
        await page.ClickAsync("button[data-deed=crash]");
        await UntilAsync(page, $"{World}.find('{victim}').isUp === false");
        await UntilAsync(page, $"{World}.find('{victim}').suspectedBy.size > 0");
        await ScreenshotAsync(page, "dashboard-suspected");
        await UntilAsync(page, $"{World}.find('{victim}').isRemoved");
        await ScreenshotAsync(page, "dashboard-removed");

        await UntilAsync(
            page, $"[...{World}.proposals.values()].some(vote => vote.op === 'remove' && vote.about === '{victim}' "
            + "&& vote.yes.size >= vote.quorum && vote.state === 'committed')");
        await UntilAsync(page, "document.querySelector('#deeds').textContent.includes(': removed')");
        await page.FillAsync("#events input[type=search]", "is removed from the list");
        await UntilAsync(page, $"document.querySelector('#events .list').textContent.includes('{victim} is removed')");
    }

    [Test]
    public async Task A_link_is_cut_and_healed_and_a_peer_paused_restarted_and_added()
    {
        var first = FreePorts.Take(20);
        var program = await UpAsync(first, peers: 6);
        var page = await OpenAsync(program.Address, expected: "409");
        await UntilAsync(page, $"{World}.scenarioStart !== null && {World}.links.size > 6");

        await page.EvaluateAsync("() => { const { world, overlay } = window.gossipsim;"
            + " const link = world.links.values().next().value;"
            + " overlay.select({ link: [world.nodes[link.a], world.nodes[link.b]] }); }");
        await page.ClickAsync("button[data-deed=cut]");
        await UntilAsync(page, $"{World}.faults.size === 1");
        await ScreenshotAsync(page, "dashboard-cut");
        await page.ClickAsync("button[data-deed=heal]");
        await UntilAsync(page, $"{World}.faults.size === 0");

        var peer = $"127.0.0.1:{first + 4}";
        await page.FillAsync("#find", $"{first + 4}");
        await page.PressAsync("#find", "Enter");
        await page.ClickAsync("button[data-deed=pause]");
        await UntilAsync(page, $"{World}.find('{peer}').isPaused");
        await page.ClickAsync("button[data-deed=resume]");
        await UntilAsync(page, $"!{World}.find('{peer}').isPaused");
        await page.ClickAsync("button[data-deed=restart]");
        await UntilAsync(page, $"{World}.countOf('processStarted') === 10 && {World}.find('{peer}').isRegistered");
        await page.ClickAsync("button[data-deed=add]");
        await UntilAsync(page, $"{World}.nodes.length === 10");
    }

    [Test]
    public async Task What_makes_no_sense_is_refused_with_the_reason()
    {
        var program = await StartAsync(
            "crash-hub", "--runtime", "sim", "--dashboard", "--set", "peers.count=40", "--output", "results");
        var page = await OpenAsync(program.Address, expected: "409");
        await UntilAsync(page, $"{World}.ended !== null");
        await ScreenshotAsync(page, "dashboard-simulated");

        Assert.That(await page.Locator("#deeds").TextContentAsync(), Does.Contain("follows its scenario"));
        Assert.That(await page.Locator("button[data-deed]:visible").CountAsync(), Is.Zero, "none could do anything");
        var answer = await page.EvaluateAsync<string>(
            "async () => { const r = await fetch('api/deeds', { method: 'POST', headers: "
            + "{ 'Content-Type': 'application/json' }, body: '{\"deed\":\"crash\",\"node\":\"127.0.0.1:7000\"}' });"
            + " return `${r.status} ${(await r.json()).reason}`; }");
        Assert.That(answer, Does.StartWith("409").And.Contain("follows its scenario"));
        await page.CloseAsync();
        Assert.That(await program.InterruptAsync(), Is.Zero, program.Output);
    }

    [Test]
    public async Task A_stored_run_is_not_called_live_and_its_end_and_that_of_the_program_are_told()
    {
        using var run = await StoredRun.MakeAsync(peers: 20);
        var program = await StartAsync("dashboard", run.Folder, "--speed", "20");
        var page = await OpenAsync(program.Address, expected: "net::ERR");
        await UntilAsync(page, "document.querySelector('#state').textContent === 'stored run'");
        Assert.That(await page.TitleAsync(), Is.EqualTo("crash-hub, stored run: GossipSim"));
        await UntilAsync(page, "document.querySelector('#state').textContent === 'stored run, at its end'");
        Assert.That(await page.Locator("button[data-deed]:visible").CountAsync(), Is.Zero);
        Assert.That(await page.Locator("#deeds").TextContentAsync(), Does.Contain("this run is over"));
        await ScreenshotAsync(page, "dashboard-stored");

        await program.InterruptAsync();

        await UntilAsync(page, "document.querySelector('#state').textContent.startsWith('the program has ended')");
        await ScreenshotAsync(page, "dashboard-program-ended");
    }

    [Test]
    public async Task Who_may_only_watch_is_told_so_and_sees_no_buttons()
    {
        const string Reason = "from another machine";
        var program = await UpAsync(FreePorts.Take(7), peers: 4);
        var page = await OpenAsync(program.Address);
        await UntilAsync(page, "document.querySelectorAll('button[data-deed]:not([hidden])').length === 9");
        await page.RouteAsync("**/api/rights", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/json", Body = $$"""{ "watchOnly": "{{Reason}}" }""",
        }));

        await page.ReloadAsync();

        await UntilAsync(page, $"document.querySelector('#deeds').textContent.includes('{Reason}')");
        Assert.That(await page.Locator("button[data-deed]:visible").CountAsync(), Is.Zero);
    }

    [TestCase("phone", 390, 844, ColorScheme.Light)]
    [TestCase("phone-dark", 390, 844, ColorScheme.Dark)]
    [TestCase("dark", 1440, 900, ColorScheme.Dark)]
    [TestCase("projector", 1920, 1080, ColorScheme.Light)]
    public async Task It_fits_and_can_be_read(string name, int width, int height, ColorScheme scheme)
    {
        var first = FreePorts.Take(28);
        var program = await UpAsync(first, peers: 25);
        var page = await OpenAsync(program.Address, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await UntilAsync(page, $"{World}.scenarioStart !== null && {World}.countOf('gossipDelivered') > 100");
        await ScreenshotAsync(page, $"dashboard-{name}");

        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        await page.FocusAsync("#overlay");
        await page.Keyboard.PressAsync("]");
        await UntilAsync(page, "document.querySelector('#deeds').textContent.includes('Seed node')");
        await UntilAsync(page, "document.querySelector('#description').textContent.includes('25 live peers')");
        await AssertReadableAsync(page);
    }

    private Task<RunningProgram> UpAsync(int first, int peers) => StartAsync(
        "up", "3", $"{peers}", "--dashboard", "--seed-port", $"{first}", "--peer-port", $"{first + 3}",
        "--set", "peers.hosting=inProcess");
}

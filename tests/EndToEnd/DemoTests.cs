using Microsoft.Playwright;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>The step-by-step page, driven as a reader does.</summary>
[TestFixture]
internal sealed class DemoTests : PageTest
{
    private const string Story = "window.gossipsim?.story";

    private static Task<string?> TitleAsync(IPage page) => page.Locator("#title").TextContentAsync();

    private static Task<string?> WordsAsync(IPage page) => page.Locator("#text").TextContentAsync();

    private async Task<IPage> OpenDemoAsync(BrowserNewContextOptions? options = null, string expected = "(nothing)")
    {
        var program = await StartAsync("demo", "--seeds", "3", "--peers", "8");
        var page = await OpenAsync(program.Address, options, expected);
        await UntilAsync(page, "document.querySelector('#title').textContent !== ''");
        return page;
    }

    /// <summary>Steps on, as with the button, until a title holds the words.</summary>
    private static async Task StepToAsync(IPage page, string words)
    {
        for (var steps = 0; !(await TitleAsync(page))!.Contains(words, StringComparison.Ordinal); steps++)
        {
            Assert.That(steps, Is.LessThan(100), $"no step is called: {words}");
            await StepAsync(page, () => page.ClickAsync("#step"));
        }
    }

    /// <summary>Does something that leads to another step, and waits for it.</summary>
    private static async Task StepAsync(IPage page, Func<Task> press)
    {
        var before = await page.Locator("#where").TextContentAsync();
        await press();
        await UntilAsync(page, $"document.querySelector('#where').textContent !== '{before}'");
    }

    private static Task NextPhaseAsync(IPage page) => StepAsync(page, () => page.ClickAsync("#next-phase"));

    [Test]
    public async Task All_six_phases_are_walked_through_and_both_questions_answered()
    {
        var page = await OpenDemoAsync();
        await StepToAsync(page, "Two of three must agree");
        await ScreenshotAsync(page, "demo-1-seed-initialization");

        await NextPhaseAsync(page);
        await StepToAsync(page, "Two of three voted YES");
        Assert.That(await WordsAsync(page), Does.Contain("Two is more than half of three, so the list changes."));
        Assert.That(await WordsAsync(page), Does.Contain("The third is not needed"));
        await ScreenshotAsync(page, "demo-2-peer-registration");

        await NextPhaseAsync(page);
        await StepToAsync(page, "Peer 7007 chooses three neighbors");
        Assert.That(await page.Locator("#tables tr.marked").CountAsync(), Is.EqualTo(3));
        await ScreenshotAsync(page, "demo-3-overlay-construction");

        await NextPhaseAsync(page);
        await StepToAsync(page, "hears it again and drops it");
        await ScreenshotAsync(page, "demo-4-gossip-dissemination");

        await NextPhaseAsync(page);
        await StepToAsync(page, "missed 1 of 3");
        Assert.That(await WordsAsync(page), Does.Contain("nobody is removed and nobody is told"));
        await ScreenshotAsync(page, "demo-5-first-missed-ping");
        await StepToAsync(page, "says: DEAD");
        await ScreenshotAsync(page, "demo-5-failure-detection");

        await NextPhaseAsync(page);
        await StepToAsync(page, "Two of three voted YES");
        await ScreenshotAsync(page, "demo-6-dead-node-removal");
        await StepToAsync(page, "What you have seen");
        await ScreenshotAsync(page, "demo-6-end");
        Assert.That(await WordsAsync(page), Does.Contain("Why not at the first missed ping?"));
        Assert.That(await WordsAsync(page), Does.Contain("Why were two votes of three enough?"));
        Assert.That(await page.Locator("#step").IsDisabledAsync(), Is.True);
        Assert.That(await page.Locator("#picture .node[data-look=Removed]").CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Keys_step_back_and_forth_play_and_pause()
    {
        var page = await OpenDemoAsync();
        await StepAsync(page, () => page.Keyboard.PressAsync("."));
        await StepAsync(page, () => page.Keyboard.PressAsync("."));
        await StepAsync(page, () => page.Keyboard.PressAsync(","));
        Assert.That(await page.EvaluateAsync<int>($"{Story}.index"), Is.EqualTo(1));
        await StepAsync(page, () => page.Keyboard.PressAsync("n"));
        Assert.That(await page.EvaluateAsync<int>($"{Story}.phase"), Is.EqualTo(2));

        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync(" ");
        Assert.That(await page.Locator("#play").TextContentAsync(), Is.EqualTo("Pause"));
        await UntilAsync(page, $"{Story}.phase > 2 || {Story}.index > 2");
        await page.Keyboard.PressAsync(" ");
        Assert.That(await page.Locator("#play").TextContentAsync(), Is.EqualTo("Play"));

        await page.Keyboard.PressAsync("?");
        Assert.That(await page.Locator("#help").IsVisibleAsync(), Is.True);
    }

    [Test]
    public async Task Other_numbers_start_another_demo_and_what_is_not_allowed_is_named()
    {
        var page = await OpenDemoAsync(expected: "400");
        await page.FillAsync("#peers", "51");
        await page.ClickAsync("#restart");
        await UntilAsync(page, "document.querySelector('#refused').textContent.includes('from 2 to 50')");
        Assert.That(await page.Locator("#picture .node").CountAsync(), Is.EqualTo(3 + 8));

        await page.FillAsync("#peers", "50");
        await page.FillAsync("#seeds", "9");
        await page.SelectOptionAsync("#rule", "topHalf");
        await page.ClickAsync("#restart");
        await UntilAsync(page, "document.querySelectorAll('#picture .node').length === 59");
        await page.ClickAsync("#phases li:nth-child(5) button");
        await UntilAsync(page, "document.querySelector('#where').textContent.startsWith('Phase 5')");
        Assert.That(await page.Locator("#picture .link").CountAsync(), Is.GreaterThan(500));
        Assert.That(await page.Locator("#refused").TextContentAsync(), Is.Empty);
        await ScreenshotAsync(page, "demo-largest");
    }

    [TestCase("phone", 390, 844, ColorScheme.Light)]
    [TestCase("phone-dark", 390, 844, ColorScheme.Dark)]
    [TestCase("dark", 1440, 900, ColorScheme.Dark)]
    [TestCase("projector", 1920, 1080, ColorScheme.Light)]
    public async Task It_fits_and_stands_still_where_motion_is_not_wanted(
        string name, int width, int height, ColorScheme scheme)
    {
        var page = await OpenDemoAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        await page.ClickAsync("#phases li:nth-child(5) button");
        await UntilAsync(page, "document.querySelector('#where').textContent.startsWith('Phase 5')");
        await StepToAsync(page, "now suspects");
        await ScreenshotAsync(page, $"demo-{name}");

        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        var messages = await page.EvaluateAsync<int>($"{Story}.step.messages.length");
        Assert.That(await page.Locator("#picture .message").CountAsync(), Is.EqualTo(messages));
        var places = await page.EvaluateAsync<string>(PlacesOfMessages);
        Assert.That(await page.EvaluateAsync<string>(PlacesOfMessages), Is.EqualTo(places));
        await AssertReadableAsync(page);
    }

    [Test]
    public async Task On_a_phone_each_explanation_stands_above_the_buttons_and_words_apart()
    {
        var page = await OpenDemoAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        Assert.That(await page.Locator("#choice").IsVisibleAsync(), Is.False, "it is folded");
        for (var phase = 1; phase <= 6; phase++)
        {
            await page.ClickAsync($"#phases li:nth-child({phase}) button");
            await UntilAsync(page, $"document.querySelector('#where').textContent.startsWith('Phase {phase}')");
            for (var step = 0; step < 12; step++)
            {
                Assert.That(await page.EvaluateAsync<bool>(IsAboveButtons), Is.True, await TitleAsync(page));
                Assert.That(await page.EvaluateAsync<string[]>(WordsOnWords), Is.Empty, await TitleAsync(page));
                if (step == 4) await ScreenshotAsync(page, $"demo-phone-{phase}");
                await StepAsync(page, () => page.ClickAsync("#step"));
                if (!(await page.Locator("#where").TextContentAsync())!.StartsWith($"Phase {phase}")) break;
            }
        }
    }

    [Test]
    public async Task A_program_that_has_ended_is_told()
    {
        var program = await StartAsync("demo", "--seeds", "3", "--peers", "8");
        var page = await OpenAsync(program.Address, expected: "net::ERR");
        await UntilAsync(page, "document.querySelector('#title').textContent !== ''");

        await program.InterruptAsync();

        await UntilAsync(page, "document.querySelector('#refused').textContent.startsWith('the program has ended')");
    }

    /// <summary>The explanation begins and ends where nothing covers it, and nothing was scrolled.</summary>
    private const string IsAboveButtons =
        "(() => { const end = document.querySelector('#text').getBoundingClientRect().bottom;"
        + " const words = document.querySelector('.demo-words').getBoundingClientRect();"
        + " const bar = document.querySelector('.demo-controls').getBoundingClientRect();"
        + " return scrollY === 0 && bar.bottom <= innerHeight && words.bottom <= bar.top && words.height > 300"
        + " && document.querySelector('#title').getBoundingClientRect().top >= words.top && end <= bar.top; })()";

    private const string WordsOnWords =
        "(() => { const all = [...document.querySelectorAll('#picture .under, #picture .message-word')];"
        + " return all.filter((one) => all.some((other) => { if (one === other) return false;"
        + " const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];"
        + " return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1; }))"
        + ".map((one) => one.textContent); })()";

    private const string PlacesOfMessages =
        "[...document.querySelectorAll('#picture .message')].map(m => m.getAttribute('cx')).join()";
}

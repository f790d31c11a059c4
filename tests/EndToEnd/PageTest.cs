using System.Diagnostics;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using GossipSim.Tests;
using Microsoft.Playwright;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>
/// A test with a browser. It fails by itself when a page logs an error, throws, or asks any other host for anything.
/// </summary>
internal abstract class PageTest
{
    /// <summary>How often a page is asked; it works meanwhile.</summary>
    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(50);

    private readonly List<string> complaints = [];
    private readonly List<RunningProgram> programs = [];
    private IBrowserContext? context;

    /// <summary>Where screenshots are kept.</summary>
    private static string Artifacts { get; } = Directory.CreateDirectory(
        Path.Combine(TestContext.CurrentContext.TestDirectory, "screenshots")).FullName;

    [TearDown]
    public async Task EndAsync()
    {
        if (context is not null) await context.CloseAsync();
        context = null;
        foreach (var program in programs) await program.DisposeAsync();
        programs.Clear();
        Assert.That(complaints, Is.Empty, "what pages complained of");
    }

    /// <summary>The program with a page; it outlives the browser.</summary>
    protected async Task<RunningProgram> StartAsync(params string[] arguments)
    {
        var program = await RunningProgram.StartAsync(arguments);
        programs.Add(program);
        return program;
    }

    /// <summary>A page of a browser that nobody used before, at an address.</summary>
    /// <param name="expected">Parts of what the browser may log, such as that a request was refused.</param>
    protected async Task<IPage> OpenAsync(
        Uri address, BrowserNewContextOptions? options = null, params string[] expected)
    {
        complaints.Clear();
        context = await (await Chromium.Instance).NewContextAsync(options ?? new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1440, Height = 900 },
        });
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !expected.Any(message.Text.Contains))
                complaints.Add($"console: {message.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"page error: {error}");
        page.Request += (_, request) =>
        {
            var asked = new Uri(request.Url);
            if (asked.Scheme is not ("data" or "blob" or "file" or "about") && asked.Authority != address.Authority)
                complaints.Add($"request to another host: {request.Url}");
        };
        await page.GotoAsync(address.ToString());
        return page;
    }

    protected static async Task ScreenshotAsync(IPage page, string name)
    {
        var path = Path.Combine(Artifacts, $"{name}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
        TestContext.AddTestAttachment(path);
    }

    /// <summary>
    /// What the axe rules find of WCAG 2.1 A and AA, contrast of text above all, and headers of tables without a word.
    /// </summary>
    protected static async Task AssertReadableAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions
            {
                Type = "rule",
                Values =
                [
                    "color-contrast", "empty-table-header", "button-name", "label", "select-name", "link-name",
                    "aria-valid-attr-value", "aria-required-attr", "duplicate-id-aria", "list", "listitem",
                ],
            },
        });
        Assert.That(
            result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {node.Html}")), Is.Empty);
        Assert.That(result.Passes.Any(rule => rule.Id == "color-contrast"), Is.True, "some text was judged");
    }

    /// <summary>Until an expression in the page is true. Asked from outside: the page itself must not evaluate text.
    /// </summary>
    protected static async Task UntilAsync(IPage page, string expression)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await page.EvaluateAsync<bool>(expression))
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience.Limit)
            {
                await ScreenshotAsync(page, $"failed-{TestContext.CurrentContext.Test.MethodName}");
                throw new TimeoutException($"in the page it is not yet so: {expression}");
            }

            await Task.Delay(glance);
        }
    }
}

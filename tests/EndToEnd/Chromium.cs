using Microsoft.Playwright;
using NUnit.Framework;

namespace GossipSim.EndToEnd;

/// <summary>One browser for all tests: the system's own, because none is downloaded.</summary>
[SetUpFixture]
internal sealed class Chromium
{
    private const string Usual = "/usr/bin/chromium";

    private static readonly Lazy<Task<IBrowser>> browser = new(LaunchAsync);
    private static IPlaywright? playwright;

    public static Task<IBrowser> Instance => browser.Value;

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (!browser.IsValueCreated) return;
        await (await browser.Value).CloseAsync();
        playwright?.Dispose();
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? Usual,
            // Containers give browsers neither a sandbox nor much shared memory.
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
        });
    }
}

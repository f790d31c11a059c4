using GossipSim.Scenarios.CommandLine;
using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Pages;

/// <summary>What readers of a page may do to the network that it shows.</summary>
internal interface IPageDeeds
{
    /// <summary>The words of what is allowed at all; none when nothing is.</summary>
    IReadOnlyList<string> Allowed { get; }

    /// <summary>Why nothing is allowed.</summary>
    string Reason { get; }

    /// <param name="node">As <c>ip:port</c>; empty where the deed needs none.</param>
    /// <param name="other">The other end of a link, or empty.</param>
    /// <returns>What was done, in a few words.</returns>
    /// <exception cref="UsageException">It makes no sense now.</exception>
    /// <exception cref="EnvironmentException">The machine stands in the way.</exception>
    Task<string> DoAsync(string deed, string node, string other);
}

/// <summary>A network that nobody may touch: what happens to it was settled elsewhere.</summary>
internal sealed class NoDeeds(string reason) : IPageDeeds
{
    public IReadOnlyList<string> Allowed => [];

    public string Reason => reason;

    public Task<string> DoAsync(string deed, string node, string other) => throw new UsageException(reason);
}

/// <summary>Takes deeds from pages: <c>{ "deed": "crash", "node": "127.0.0.1:7001" }</c>.</summary>
internal static class PageDeeds
{
    public static PageRoutes AddTo(PageRoutes routes, IPageDeeds deeds) =>
        routes.Post("/api/deeds", context => AnswerAsync(context, deeds));

    private static async Task AnswerAsync(HttpContext context, IPageDeeds deeds)
    {
        var sent = await PageAnswer.ReadAsync(context);
        var deed = PageAnswer.Text(sent, "deed");
        if (deeds.Allowed.Count > 0 && !deeds.Allowed.Contains(deed))
        {
            throw new PageRefusal(
                StatusCodes.Status400BadRequest, $"allowed are {string.Join(", ", deeds.Allowed)}");
        }

        try
        {
            var said = await deeds.DoAsync(deed, Optional("node"), Optional("other"));
            await PageAnswer.JsonAsync(context, json =>
            {
                json.WriteStartObject();
                json.WriteString("said"u8, said);
                json.WriteEndObject();
            });
        }
        catch (Exception wrong) when (wrong is UsageException or EnvironmentException)
        {
            throw new PageRefusal(StatusCodes.Status409Conflict, wrong.Message);
        }

        string Optional(string name) => sent.TryGetProperty(name, out _) ? PageAnswer.Text(sent, name) : "";
    }
}

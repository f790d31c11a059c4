using System.Globalization;
using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Pages;
using Microsoft.AspNetCore.Http;

namespace GossipSim.Scenarios.Viewing;

/// <summary>What the page of stored runs asks, and how it is answered.</summary>
internal sealed class ViewRoutes(ViewedRuns runs, ForkJob forks)
{
    /// <summary>Our choice: events that a page lists of one node, or of one message.</summary>
    private const int MostFollowed = 20_000;

    private const int MostListed = 300;

    public PageRoutes Create() => new PageRoutes()
        .Get("/api/view/run", context => Answer(context, run => run.About))
        .Get("/api/view/state", context => Answer(context, run => PageAnswer.Bytes(
            json => run.Log.WriteState(json, MomentIn(context, run)))))
        .Get("/api/view/way", context => Answer(context, run => PageAnswer.Bytes(
            json => MomentAnswers.WriteWay(
                json, run.Log, Number(context, "from") ?? 0, MomentIn(context, run)))))
        .Get("/api/view/before", context => Answer(context, run => PageAnswer.Bytes(
            json => MomentAnswers.WriteBefore(json, run.Log, MomentIn(context, run), MostListed))))
        .Get("/api/view/next", context => Answer(context, run => PageAnswer.Bytes(json => Next(json, context, run))))
        .Get("/api/view/follow", context => Answer(context, run => PageAnswer.Bytes(
            json => MomentAnswers.WriteFollowed(
                json, run.Log, NodeIn(context, run), MessageIn(context, run), MostFollowed))))
        .Get("/api/view/fork", context => PageAnswer.JsonAsync(context, forks.Write))
        .Post("/api/view/fork", ForkAsync);

    private static void Next(Utf8JsonWriter json, HttpContext context, ViewedRun run)
    {
        var seq = Number(context, "from") ?? 0;
        var isBack = Text(context, "back") == "1";
        var place = isBack ? run.Log.PlaceOfSeq(seq) - 1 : run.Log.PlaceOfSeq(seq + 1);
        var kind = Text(context, "kind") is { Length: > 0 } word ? KindOf(word) : -1;
        MomentAnswers.WriteNext(json, run.Log, place, isBack ? -1 : 1, kind, NodeIn(context, run));
    }

    private async Task ForkAsync(HttpContext context)
    {
        var sent = await PageAnswer.ReadAsync(context);
        try
        {
            var run = runs.Find(PageAnswer.Text(sent, "run"));
            if (run.ForkReason is { } reason) throw new UsageException(reason);
            forks.Start(run, RequestIn(sent));
        }
        catch (UsageException refused)
        {
            throw new PageRefusal(StatusCodes.Status409Conflict, refused.Message);
        }

        await PageAnswer.JsonAsync(context, forks.Write, StatusCodes.Status202Accepted);
    }

    private static ForkRequest RequestIn(JsonElement sent)
    {
        try
        {
            var at = sent.GetProperty("at").GetInt64();
            var edits = sent.GetProperty("edits").Deserialize<List<ForkEdit>>(ViewJson.Options) ?? [];
            return new ForkRequest(TimeSpan.FromMicroseconds(at), edits);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or OverflowException)
        {
            throw new PageRefusal(StatusCodes.Status400BadRequest, $"no fork can be read from that: {wrong.Message}");
        }
    }

    private async Task Answer(HttpContext context, Func<ViewedRun, ReadOnlyMemory<byte>> answer)
    {
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = answer(runs.Find(Text(context, "run") is { Length: > 0 } id ? id : runs.First));
        }
        catch (UsageException refused)
        {
            throw new PageRefusal(StatusCodes.Status404NotFound, refused.Message);
        }

        await PageAnswer.JsonAsync(context, bytes);
    }

    /// <summary>How many events have happened: at a time in microseconds, or with the event of a number.</summary>
    private static int MomentIn(HttpContext context, ViewedRun run)
    {
        if (Number(context, "seq") is { } seq) return run.Log.PlaceOfSeq(seq + 1);
        return run.Log.PlaceAfter(Number(context, "at")
            ?? throw new PageRefusal(StatusCodes.Status400BadRequest, "a moment is asked for by at or by seq"));
    }

    private static int NodeIn(HttpContext context, ViewedRun run) =>
        Known(Text(context, "node"), run.Log.Nodes, "node");

    private static int MessageIn(HttpContext context, ViewedRun run) =>
        Known(Text(context, "message"), run.Log.Messages, "message");

    private static int Known(string? name, Utf8Names names, string what)
    {
        if (string.IsNullOrEmpty(name)) return -1;
        var place = names.Find(name);
        return place >= 0 ? place : throw new PageRefusal(
            StatusCodes.Status404NotFound, $"the run has no {what} {name}");
    }

    private static int KindOf(string word)
    {
        for (var kind = 0; kind < StoredKinds.Names.Count; kind++)
            if (StoredKinds.Names[kind] == word) return kind;
        throw new PageRefusal(StatusCodes.Status404NotFound, $"no event is called {word}");
    }

    private static long? Number(HttpContext context, string name)
    {
        if (Text(context, name) is not { Length: > 0 } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PageRefusal(StatusCodes.Status400BadRequest, $"{name} is a whole number");
    }

    private static string? Text(HttpContext context, string name) => context.Request.Query[name];
}

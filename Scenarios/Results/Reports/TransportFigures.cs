namespace GossipSim.Scenarios.Results;

/// <summary>
/// What was refused, dropped and slowed: all of it in the report, and on the console what happened at all.
/// </summary>
internal static class TransportFigures
{
    private const string Group = "Refused";

    /// <summary>Ids without a port: told among the figures of gossip.</summary>
    private const string SwallowedWord = "sameId";

    public static IEnumerable<KeyFigure> Of(Summary summary)
    {
        var refusals = summary.Refusals;
        foreach (var (reason, count) in refusals.Gossip.Where(refused => refused.Key != SwallowedWord))
            yield return Figure($"Gossip: {reason}", count, "Messages that peers did not take, nor pass on.");
        foreach (var (reason, count) in refusals.Registrations)
            yield return Figure(
                $"Registrations: {reason}", count, "Answers of seed nodes to who asked; peers ask again.")
                with { InBrief = false };
        if (refusals.Reports > 0)
            yield return Figure("Reports of deaths", refusals.Reports, "About members that were found alive.");
        if (summary.Transport is not { } transport) yield break;
        foreach (var (reason, count) in transport.Refused)
            yield return Figure($"Connections: {reason}", count, "Ended with an ERROR line that says so.");
        yield return Figure(
            "Messages dropped", transport.MessagesDropped, "From outboxes that were full; later exchanges repair it.");
        yield return Figure(
            "Connections slowed", transport.Throttled, "Not read for a while, for more came than the limit allows.");
        yield return Figure(
            "Connections cut", transport.LinksBroken, "Whose other end did not take what was sent to it.");
        yield return Figure(
            "Internal errors", transport.InternalErrors,
            "Bugs of this program: a message or connection lost, a node restarted.");
    }

    private static KeyFigure Figure(string name, long count, string meaning) =>
        new(Group, name, Numbers.Count(count), meaning, InBrief: count > 0);
}

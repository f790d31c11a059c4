using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary>What is worth asking about a run: messages that did not reach everybody, removals, crashes.</summary>
internal sealed record RunQuestions(
    string Scenario, string Runtime, int Messages, IReadOnlyList<RunQuestions.Gap> Gaps,
    IReadOnlyList<RunQuestions.Ending> Removals, IReadOnlyList<RunQuestions.Ending> Crashes)
{
    /// <summary>A message that some peers do not have.</summary>
    /// <param name="Number">Short for its id.</param>
    /// <param name="Peers">Those that started and never got it.</param>
    public sealed record Gap(int Number, string Message, double AtSeconds, int Reached, IReadOnlyList<string> Peers);

    /// <param name="Epoch">0 for the crash of a process that was no member.</param>
    public sealed record Ending(string Node, int Epoch, double AtSeconds);

    public static RunQuestions Of(RunHistory history) => new(
        history.Facts.Scenario, history.Facts.RuntimeName, history.Messages.All.Count, GapsOf(history),
        RemovalsOf(history), CrashesOf(history));

    private static List<Gap> GapsOf(RunHistory history)
    {
        var peers = history.Nodes.All.Where(node => !node.IsSeedNode && node.EverStarted).ToList();
        var gaps = new List<Gap>();
        foreach (var message in history.Messages.All)
        {
            var reached = new HashSet<int>(message.Receipts.Select(receipt => receipt.Node));
            if (message is { PublishedAt: not null, Key: { } key }) reached.Add(history.Nodes.Of(key.Origin).Index);
            var missing = peers.Where(peer => !reached.Contains(peer.Index)).Select(peer => peer.Address).Order();
            List<string> names = [.. missing.Select(address => address.ToString())];
            if (names.Count == 0) continue;
            var at = Math.Round(history.SecondsAt(message.BeginsAt), 6);
            gaps.Add(new Gap(message.Number, message.Id, at, reached.Count, names));
        }

        return gaps;
    }

    private static List<Ending> RemovalsOf(RunHistory history)
    {
        var removals = new Dictionary<(NodeAddress, long), Ending>();
        foreach (var e in history.Detected.Order().SelectMany(history.DetectionOf))
        {
            if (e.Kind != EventKind.EntryCommitted || e.Event.Detail is not Ballot { Entry.IsAlive: false }) continue;
            var ending = new Ending(
                e.About.ToString(), (int)e.Event.Number, Math.Round(history.SecondsAt(e.At), 6));
            removals.TryAdd((e.About, e.Event.Number), ending);
        }

        return [.. removals.Values.OrderBy(ending => ending.AtSeconds)];
    }

    private static List<Ending> CrashesOf(RunHistory history) =>
    [
        .. history.Record.Crashes.Select(crash => new Ending(
            crash.Address.ToString(), crash.Epoch, Math.Round(history.SecondsAt(crash.At), 6))),
    ];
}

using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Remeasuring;

/// <summary>
/// A run's record, made from its event log by the same steps as while it ran. Of gossip the log has the names only:
/// each message becomes an object again, without its text.
/// </summary>
internal sealed class LoggedRecord
{
    private readonly RunRecord record;
    // Where ids are no names, several messages may have the same; which one a node has, its neighbors' lines rest on.
    private readonly Dictionary<string, GossipKey> first = [];
    private readonly Dictionary<(NodeAddress Node, string Id), GossipKey> others = [];
    private readonly Dictionary<(GossipKey Key, bool Recovered), Gossip> messages = [];

    private LoggedRecord(RunFacts facts) => record = new RunRecord(facts);

    /// <exception cref="EventLogException">The log cannot be read, or has no end.</exception>
    public static RunRecord Read(EventLogReader log, RunFacts facts)
    {
        var read = new LoggedRecord(facts);
        foreach (var e in log.Events()) read.Note(e);
        return read.record.HasEnded
            ? read.record
            : throw new EventLogException("the log has no end: the run was stopped, or still goes on");
    }

    private void Note(in LoggedEvent e)
    {
        if (e.Mark == EventLog.ScenarioStarted) record.MarkScenarioStart(e.At);
        else if (e.Mark == EventLog.RunEnded) record.MarkEnd(e.At);
        else if (e.Event.Detail is LoggedGossip told) record.Report(e.Node, e.At, WithMessage(e.Node, e.Event, told));
        else record.Report(e.Node, e.At, e.Event);
    }

    private ProtocolEvent WithMessage(NodeAddress node, in ProtocolEvent e, LoggedGossip told)
    {
        var message = Message(told, told.Key ?? KeyAt(e.About, told.Id));
        if (told.Why is { } why) return e with { Detail = new GossipRefusal(message, EventDetail.WordOf(why)) };
        if (e.Kind is EventKind.GossipPublished or EventKind.GossipDelivered) Hold(node, message);
        return e with { Detail = message };
    }

    private GossipKey KeyAt(NodeAddress node, string id) =>
        others.TryGetValue((node, id), out var key) ? key : first.GetValueOrDefault(id);

    private void Hold(NodeAddress node, Gossip message)
    {
        if (first.TryAdd(message.Id, message.Key) || first[message.Id] == message.Key) return;
        others[(node, message.Id)] = message.Key;
    }

    private Gossip Message(LoggedGossip told, GossipKey key)
    {
        if (messages.TryGetValue((key, told.Recovered), out var known)) return known;
        return messages[(key, told.Recovered)] =
            new Gossip(told.Id, key.Origin, key.Epoch, key.Number, Text: "", told.Recovered);
    }
}

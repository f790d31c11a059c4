using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Tests.Scenarios.Explaining;

/// <summary>
/// A log written event by event, for what an honest network does not do or what would take a long run. Three seed
/// nodes; peers are called by their place. The clock stands until it is set.
/// </summary>
internal sealed class HandMadeLog
{
    public const double DetectionBound = 8;

    private readonly RunFacts facts;
    private readonly List<Action<EventLog>> lines = [];
    private Instant now;

    public HandMadeLog(int peers)
    {
        facts = new RunFacts
        {
            Scenario = "hand-made", Runtime = RuntimeKind.Sim, RandomSeed = 1, Quorum = 2,
            SeedNodes = [.. Enumerable.Range(6000, 3).Select(port => NodeAddress.Parse($"127.0.0.1:{port}"))],
            PeersWanted = peers, MostPeers = peers, DetectionBound = TimeSpan.FromSeconds(DetectionBound),
        };
        foreach (var seed in facts.SeedNodes)
            Report(seed, new ProtocolEvent(EventKind.ProcessStarted, Detail: new NodeId(1)));
        for (var peer = 0; peer < peers; peer++)
        {
            Report(Peer(peer), new ProtocolEvent(EventKind.ProcessStarted, Detail: new NodeId((ulong)peer + 10)));
            Report(Peer(peer), new ProtocolEvent(EventKind.Registered, facts.SeedNodes[0], Number: 1));
        }

        Mark(EventLog.ScenarioStarted);
    }

    public static NodeAddress Peer(int place) => NodeAddress.Parse($"127.0.0.1:{7000 + place}");

    public static string IdOf(int origin, int number) => $"1.000:{Peer(origin)}:{number}";

    public HandMadeLog At(double seconds)
    {
        now = new Instant((long)(seconds * 1_000_000));
        return this;
    }

    public HandMadeLog Link(int one, int other) =>
        Tell(one, EventKind.NeighborAdded, other, 1).Tell(other, EventKind.NeighborAdded, one, 1);

    public HandMadeLog Unlink(int one, int other) =>
        Tell(one, EventKind.NeighborRemoved, other, 1).Tell(other, EventKind.NeighborRemoved, one, 1);

    public HandMadeLog Publish(int origin, int number) =>
        Tell(origin, EventKind.GossipPublished, about: null, number, TextOf(origin, number));

    public HandMadeLog Deliver(int origin, int number, int from, int to) =>
        Tell(to, EventKind.GossipDelivered, from, 1, TextOf(origin, number));

    public HandMadeLog Refuse(int origin, int number, int from, int to, string why) =>
        Tell(to, EventKind.GossipRefused, from, 0, new GossipRefusal(TextOf(origin, number), why));

    public HandMadeLog Tell(int node, EventKind kind, int? about = null, long number = 0, object? detail = null)
    {
        var other = about is { } place ? Peer(place) : NodeAddress.None;
        return Report(Peer(node), new ProtocolEvent(kind, other, number, detail));
    }

    public HandMadeLog Strike(FaultStrike strike) =>
        Report(NodeAddress.None, new ProtocolEvent(EventKind.FaultStruck, Detail: strike));

    public HandMadeLog EndFault(FaultStrike strike) =>
        Report(NodeAddress.None, new ProtocolEvent(EventKind.FaultEnded, Detail: strike));

    public LoggedRun EndAt(double seconds)
    {
        At(seconds);
        Mark(EventLog.RunEnded);
        var bytes = new MemoryStream();
        using (var log = new EventLog(bytes, facts))
            foreach (var write in lines) write(log);
        return LoggedRun.OfLog(bytes.ToArray());
    }

    private static Gossip TextOf(int origin, int number) => new(IdOf(origin, number), Peer(origin), 1, number, "text");

    private void Mark(string moment)
    {
        var at = now;
        lines.Add(log => log.Mark(moment, at));
    }

    private HandMadeLog Report(NodeAddress node, ProtocolEvent e)
    {
        var at = now;
        lines.Add(log => log.Report(node, at, e));
        return this;
    }
}

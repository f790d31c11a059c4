using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>
/// A run as nodes would report it, from votes to removal: peers 7000 on in a ring, one message of each before a crash
/// of 7002 and one after it. For the writers, which need every kind of event.
/// </summary>
internal static class CrashStory
{
    private const int Victim = 7002;

    /// <summary>Up to scenario time 0, at 1 s of the run.</summary>
    public static void TellFormation(RunStory story, int peers)
    {
        story.At(0).StartSeedNodes();
        for (var i = 0; i < peers; i++) Register(story.At(0.1 + (i * 0.001)), 7000 + i);
        for (var i = 0; i < peers; i++) story.At(0.9).Link(7000 + i, 7000 + ((i + 1) % peers));
        for (var i = 0; i < peers; i++) story.Tell(7000 + i, EventKind.Joined, number: 2);
        story.At(1);
    }

    public static void TellScenario(RunStory story, int peers)
    {
        for (var i = 0; i < peers; i++) Flood(story, 3 + (i * 0.01), 7000 + i, 1, peers, down: 0);
        story.At(10).Crash(Victim, "kill-hub");
        for (var i = 0; i < peers; i++)
        {
            if (7000 + i != Victim) Flood(story, 11 + (i * 0.01), 7000 + i, 2, peers, Victim);
        }

        Detect(story);
        story.At(28);
    }

    private static void Register(RunStory story, int port)
    {
        story.Tell(port, EventKind.ProcessStarted, detail: new NodeId((ulong)port))
            .Tell(port, EventKind.RegistrationAsked, 6000, 1);
        Vote(story, port, alive: true);
        var ack = new RegisterAck(RunStory.Address(port), 1, port, new Certificate(default, RunStory.SeedNodes[..2]));
        story.Tell(6000, EventKind.RegistrationAcknowledged, port, detail: ack)
            .Tell(port, EventKind.Registered, 6000, 1, ack)
            .Tell(port, EventKind.PeerListReceived, 6000, 3)
            .Tell(port, EventKind.NeighborsSelected, detail: new[] { RunStory.Address(7000) });
    }

    private static void Vote(RunStory story, int port, bool alive)
    {
        var ballot = new Ballot(
            new ProposalId(RunStory.SeedNodes[0], (port * 2) + (alive ? 0 : 1)),
            RunStory.Entry(port, 1, (ulong)port, alive), Quorum: 2, [RunStory.SeedNodes[0]]);
        story.Tell(6000, EventKind.ProposalOpened, port, detail: ballot);
        var vote = ballot with { Voter = RunStory.SeedNodes[1], Yes = true, Voters = RunStory.SeedNodes[..2] };
        story.Tell(6001, EventKind.VoteCast, port, detail: vote).Tell(6000, EventKind.VoteHeard, port, detail: vote);
        var outcome = ballot with { Voters = RunStory.SeedNodes[..2] };
        story.Tell(6000, EventKind.ProposalApproved, port, detail: outcome);
        foreach (var seedNode in RunStory.SeedNodes)
            story.Tell(seedNode.Port, EventKind.EntryCommitted, port, detail: outcome);
    }

    private static void Flood(RunStory story, double at, int origin, int number, int peers, int down)
    {
        story.At(at).Publish(origin, number);
        for (var hop = 1; hop < peers; hop++)
        {
            var port = 7000 + ((origin - 7000 + hop) % peers);
            var from = 7000 + ((origin - 7000 + hop - 1) % peers);
            if (port == down) continue;
            if (from == down) from = 7000 + ((from - 7000 - 1 + peers) % peers);
            story.At(at + (hop * 0.004)).Deliver(port, from, origin, number, hop)
                .Tell(from, EventKind.GossipDuplicate, port, detail: RunStory.Message(origin, number));
        }
    }

    private static void Detect(RunStory story)
    {
        var address = RunStory.Address(Victim);
        var report = new DeadNode(
            address, 1, new NodeId(Victim), ReportFlag.Confirmed, $"Dead Node:{address}:1767225613:127.0.0.1:7001");
        story.At(12.5).Tell(7001, EventKind.Suspected, Victim, 1)
            .At(13).Tell(7001, EventKind.WitnessHeard, Victim, detail: new Witness(address, 1, 1, Verdict.Dead))
            .At(13.1).Tell(7001, EventKind.DeathReported, Victim, 1, report)
            .Tell(6000, EventKind.ReportHeard, Victim, 1, new HeardReport(report, RunStory.Address(7001)))
            .At(14);
        Vote(story, Victim, alive: false);
        story.At(14.1).Tell(7001, EventKind.NeighborRemoved, Victim, 1).Tell(7003, EventKind.NeighborRemoved, Victim, 1)
            .Link(7001, 7003);
    }
}

using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>The shipped scenario partition, shrunk and on TCP, wherever the nodes run.</summary>
internal static class TcpPartitions
{
    // Twice and a half what a removal takes at most: processes that hardly get to run ask and vote more than once.
    private const string Split =
        """
        { "id": "split", "type": "partition", "atSeconds": 2, "healAfterSeconds": 20, "groups": [
            [{ "role": "seed", "index": [0, 1] }, { "index": [0, 1, 2, 3, 4] }], "rest"] }
        """;

    public static void AssertOneSideIsRemovedAndComesBack(params string[] settings)
    {
        using var trial = TcpTrial.Of(Split, seconds: 34, settings: settings);

        Assert.That(trial.Code, Is.EqualTo(ExitCode.Held), trial.Words);
        Assert.That(trial.Words, Does.Not.Contain("left out"));
        var minority = Enumerable.Range(5, 3).Select(trial.Peer).ToList();
        var removed = trial.All(EventKind.EntryCommitted)
            .Where(e => ((Ballot)e.Event.Detail!).Entry is { IsAlive: false }).ToList();
        Assert.That(
            removed.Select(e => ((Ballot)e.Event.Detail!).Entry.Address).Distinct(), Is.EquivalentTo(minority));
        var healed = trial.Strikes(EventKind.FaultEnded, "split").Single().At;
        Assert.That(
            removed.Where(e => e.Node == trial.SeedNode(2)).Select(trial.SecondsOf), Has.All.GreaterThan(healed),
            "one seed node of three changes nothing");
        Assert.That(
            trial.All(EventKind.Registered).Where(e => e.Event.Number > 1).Select(e => e.Node).Distinct(),
            Is.EquivalentTo(minority));
        AssertCrossings(trial, minority, healed);
        var summary = trial.Summary;
        Assert.That(summary.GetProperty("detection").GetProperty("unreachableRemovals").GetInt32(), Is.EqualTo(3));
        Assert.That(summary.GetProperty("detection").GetProperty("falseRemovals").GetInt32(), Is.Zero);
        Assert.That(summary.GetProperty("membership").GetProperty("changesWithoutQuorum").GetInt32(), Is.Zero);
        Assert.That(summary.GetProperty("membership").GetProperty("seedsAgree").GetBoolean(), Is.True);
        Assert.That(summary.GetProperty("peers").GetProperty("live").GetInt32(), Is.EqualTo(8));
        Assert.That(summary.GetProperty("overlay").GetProperty("largestComponentFraction").GetDouble(), Is.EqualTo(1));
    }

    /// <summary>Nothing came over while it was cut, but for what was in a mailbox when it struck.</summary>
    private static void AssertCrossings(TcpTrial trial, List<NodeAddress> minority, double healed)
    {
        var struck = trial.Strikes(EventKind.FaultStruck, "split").Single().At;
        var crossed = trial.All(EventKind.GossipDelivered)
            .Where(e => minority.Contains(e.Node) != minority.Contains(e.About)).Select(trial.SecondsOf).ToList();
        Assert.That(crossed.Where(at => at > struck + 2 && at < healed), Is.Empty);
        Assert.That(crossed, Has.Some.GreaterThan(healed).And.Some.LessThan(struck));
    }
}

using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Tests.House;
using NUnit.Framework;

namespace GossipSim.Tests.Engine;

/// <summary>
/// Golden transcripts: what small networks report, to be read by people and compared letter by letter. After a change
/// that is meant, run these tests with GOSSIPSIM_REWRITE_TRANSCRIPTS=1 and read the difference.
/// </summary>
[TestFixture]
internal sealed class TranscriptTests
{
    [Test]
    public void Four_peers_join_gossip_and_one_crashes()
    {
        var network = new SmallNetwork(seedNodes: 3, peers: 4, randomSeed: 1);
        network.StartsAll(secondsBetweenPeers: 1);
        network.RunsFor(3);
        network.Network.Inject(Cast.Peer(2), new ProtocolTimer(TimerKind.StartPublishing));
        network.RunsFor(2);
        network.Network.Crash(Cast.Peer(0), "hub");
        network.RunsFor(8);

        AssertTranscript(network, "join-gossip-crash-removal");
    }

    [Test]
    public void A_seed_node_crashes_and_comes_back_while_a_peer_joins()
    {
        var network = new SmallNetwork(seedNodes: 3, peers: 2, randomSeed: 2);
        foreach (var seedNode in network.SeedNodes) network.Network.Start(seedNode);
        network.RunsFor(1);
        network.Network.Start(Cast.Peer(0));
        network.RunsFor(2);
        network.Network.Crash(Cast.SeedNode(1), "seed-crash");
        network.Network.Start(Cast.Peer(1));
        network.RunsFor(6);
        network.Network.Restart(Cast.SeedNode(1), GossipSim.Engine.Simulation.DiskState.Kept);
        network.RunsFor(6);

        AssertTranscript(network, "seed-node-crash");
    }

    [Test]
    public void A_partition_cuts_one_seed_node_and_two_peers_off_and_heals()
    {
        var network = new SmallNetwork(seedNodes: 3, peers: 4, randomSeed: 3);
        network.StartsAll(secondsBetweenPeers: 1);
        network.RunsFor(3);
        network.Network.Impair("split", CutLinks.Between([Cast.SeedNode(0), Cast.Peer(2), Cast.Peer(3)]));
        network.RunsFor(10);
        network.Network.Mend("split");
        network.RunsFor(15);

        AssertTranscript(network, "partition");
    }

    private static void AssertTranscript(SmallNetwork network, string name)
    {
        var path = Path.Combine(Repository.Root, "tests", "GossipSim.Tests", "Transcripts", $"{name}.txt");
        var lines = network.Happenings.Select(Line).ToArray();
        if (Environment.GetEnvironmentVariable("GOSSIPSIM_REWRITE_TRANSCRIPTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Concat(lines.Select(line => line + "\n")));
        }

        Assert.That(lines, Is.EqualTo(File.ReadAllLines(path)));
    }

    private static string Line(Happening happening)
    {
        var (node, at, what) = happening;
        var where = node.IsNone ? "network" : $"{(node.Port < 7000 ? "seed node" : "peer")} {node.Port}";
        var about = what.About.IsNone ? "" : $" {what.About.Port}";
        var number = what.Number == 0 ? "" : $" #{what.Number}";
        var head = string.Create(CultureInfo.InvariantCulture, $"{at.Microseconds / 1000.0,10:F3}  {where,-14}");
        return $"{head} {what.Kind}{about}{number}{Detail(what.Detail)}".TrimEnd();
    }

    private static string Detail(object? detail) => detail switch
    {
        Ballot { Voter.IsNone: false } ballot => $"  {Change(ballot)} by {ballot.Voter.Port}: {Answer(ballot)}",
        Ballot ballot => $"  {Change(ballot)}, {ballot.Voters.Length} of {ballot.Quorum} [{Ports(ballot.Voters)}]",
        RegisterNack nack => $"  {nack.Reason}",
        RegisterAck ack => $"  stamp {ack.JoinStamp}",
        Gossip gossip => $"  {gossip.Id}{(gossip.Recovered ? " recovered" : "")}",
        DeadNode report => $"  {report.Flag}: {report.Text}",
        HeardReport heard => Detail(heard.Report),
        Witness witness => $"  {witness.Verdict}",
        NodeAddress[] addresses => $"  [{Ports(addresses)}]",
        FaultStrike change => $"  {change.Word} {change.FaultId} {string.Join(" | ", change.Groups.Select(Ports))}",
        string text => $"  {text}",
        _ => "",
    };

    private static string Change(Ballot ballot) => $"{ballot.Entry.State} e{ballot.Entry.Epoch}";

    private static string Answer(Ballot ballot) => ballot.Yes ? "YES" : $"NO {ballot.Reason}";

    private static string Ports(IEnumerable<NodeAddress> addresses) =>
        string.Join(' ', addresses.Select(address => address.Port));
}

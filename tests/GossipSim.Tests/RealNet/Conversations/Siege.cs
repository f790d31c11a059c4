using System.Net;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Security;
using GossipSim.Tests.RealNet.Attacks;
using GossipSim.Tests.RealNet.Fuzzing;

namespace GossipSim.Tests.RealNet.Conversations;

/// <summary>
/// A network of three honest seed nodes and some peers, the fourth seed node and others being hostile.
/// </summary>
internal sealed class Siege : IAsyncDisposable
{
    private readonly ulong randomSeed;
    private readonly int atOnce;
    private HostileNode[] hostile = [];
    private PlausibleMessages plausible = null!;
    private AttackedNetwork network = null!;
    private int begun;
    private int held;
    private int dialed;

    private Siege(ulong randomSeed, int atOnce) => (this.randomSeed, this.atOnce) = (randomSeed, atOnce);

    public AttackedNetwork Network => network;

    public int Held => held;

    public int Dialed => dialed;

    /// <summary>How many hostile nodes, not the seed node, have been members.</summary>
    public int Members => hostile.Skip(1).Count(node => node.HasBeenMember);

    public static async Task<Siege> StartAsync(
        SecurityMode mode, ulong randomSeed, int peers, int hostileNodes, int atOnce)
    {
        var siege = new Siege(randomSeed, atOnce);
        siege.network = await AttackedNetwork.StartAsync(
            new AttackedNetwork.Cast(peers, SeedNodes: 3, HostileSeedNodes: 1),
            opened => siege.Take(opened, hostileNodes), $"security.mode={Word(mode)}",
            "gossip.maxMessagesPerPeer=100000", "overlay.rule=preferentialAttachment");
        foreach (var node in siege.hostile) node.LetLoose();
        return siege;
    }

    /// <summary>Holds so many conversations, some at a time.</summary>
    public async Task ConverseAsync(int count)
    {
        var last = begun + count;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(place => Task.Run(() => TalkAsync(place, last))));
    }

    /// <summary>Decisions by which an honest node was removed from a list, or replaced on it.</summary>
    public IEnumerable<MembershipEntry> RemovedHonest()
    {
        var honest = network.Peers.Append(network.Member).ToHashSet();
        return network.Events.Where(each => each.Event.Kind == EventKind.EntryCommitted)
            .Select(each => ((Ballot)each.Event.Detail!).Entry)
            .Where(entry => honest.Contains(entry.Address) && !entry.IsAlive);
    }

    /// <summary>Honest peers that were told they are no members any more.</summary>
    public IEnumerable<(NodeAddress Node, Instant At)> SentAway() => network.Events
        .Where(each => each.Event.Kind == EventKind.FoundItselfRemoved).Select(each => (each.Node, each.At));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in hostile) node.Dispose();
        await network.DisposeAsync();
    }

    private static string Word(SecurityMode mode) => mode switch
    {
        SecurityMode.SharedKey => "sharedKey",
        SecurityMode.MutualTls => "mutualTls",
        _ => "none",
    };

    private void Take(AttackedNetwork opened, int count)
    {
        NodeAddress[] addresses = [.. opened.HostileSeeds, .. FreeAddresses.Take(count)];
        plausible = new PlausibleMessages(
            [.. opened.Seeds, .. opened.Peers, opened.Member], addresses, areVotesSigned: opened.Signing is not null);
        var seedNodes = new SeedNodeSet(opened.Seeds.Concat(opened.HostileSeeds));
        hostile = Array.ConvertAll(addresses, address => new HostileNode(
            address, opened.Security?.Keys.Trust.Cluster ?? AttackedNetwork.Cluster,
            opened.Security is { } security ? new NodeSecurity(security, address, seedNodes) : null,
            opened.Signing, plausible));
    }

    private async Task TalkAsync(int place, int last)
    {
        var mutator = new LineMutator(Mix64.Of(randomSeed, (ulong)place));
        NodeAddress[] victims = [.. network.Seeds, .. network.Peers];
        var addresses = Array.ConvertAll(hostile, node => node.Self);
        for (int number; (number = Interlocked.Increment(ref begun)) <= last;)
        {
            var conversation = new Conversation(
                hostile[number % hostile.Length], victims, addresses, plausible, mutator,
                Mix64.Of(randomSeed, (ulong)number));
            await conversation.HoldAsync();
            Interlocked.Add(ref dialed, conversation.Dialed);
            Interlocked.Increment(ref held);
        }

        Interlocked.Decrement(ref begun);
    }
}

using System.Collections.Concurrent;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Tests.RealNet;

/// <summary>
/// Three seed nodes on real sockets, others beside them, and each seed node's list as its commits tell it.
/// </summary>
internal sealed class ClusterOnTcp : ITrace, IAsyncDisposable
{
    private readonly ConcurrentQueue<(NodeAddress Node, Instant At, ProtocolEvent Event)> events = new();

    private readonly bool isSigned;

    /// <param name="others">The nodes beside the seed nodes; by default peers.</param>
    /// <param name="signatures">Null: nothing is signed.</param>
    public ClusterOnTcp(
        int count, Func<NodeStart, NodeAddress[], Node>? others = null, ISignatures? signatures = null)
    {
        var addresses = FreeAddresses.Take(3 + count);
        (Seeds, Others) = (addresses[..3], addresses[3..]);
        isSigned = signatures is not null;
        var options = RealContractNetwork.Options();
        Network = new RealNetwork(
            options with
            {
                Signing = signatures is null ? null : new SigningRules(options.Cluster, Seeds, Quorum: 2, signatures),
            },
            [
                .. Seeds.Select(seed => new Placement(seed, HostedRole.SeedNode, SeedOf)),
                .. Others.Select(other => new Placement(
                    other, HostedRole.Peer, start => others?.Invoke(start, Seeds) ?? PeerOf(start))),
            ],
            this);
    }

    public NodeAddress[] Seeds { get; }

    public NodeAddress[] Others { get; }

    public RealNetwork Network { get; }

    /// <summary>With seed nodes that can vote.</summary>
    /// <param name="recordInto">The folder for recordings; null: none are made.</param>
    public static async Task<ClusterOnTcp> StartAsync(
        int count, Func<NodeStart, NodeAddress[], Node>? others = null, ISignatures? signatures = null,
        string? recordInto = null)
    {
        var cluster = new ClusterOnTcp(count, others, signatures);
        if (recordInto is not null) cluster.Network.RecordInto(recordInto);
        await cluster.Network.OpenAsync();
        foreach (var seed in cluster.Seeds) await cluster.Network.StartAsync(seed);
        await cluster.UntilAsync(() => cluster.Count(EventKind.LearningFinished) == 3, "the seed nodes can vote");
        return cluster;
    }

    /// <summary>What a seed node finds on its disk at its first start; by default what it wrote.</summary>
    public Func<NodeAddress, NodeAddress[], IReadOnlyList<StableRecord>>? Disk { get; init; }

    public Node SeedOf(NodeStart start) => new SeedNode(
        new SeedNodeOptions { SeedNodes = Seeds, AreVotesSigned = isSigned },
        Disk is { } disk ? start with { Disk = disk(start.Address, Seeds) } : start);

    public Node PeerOf(NodeStart start) =>
        new Peer(new PeerOptions { SeedNodes = Seeds, AreVotesSigned = isSigned }, start);

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        events.Enqueue((node, now, protocolEvent));

    public int Count(EventKind kind) => events.Count(each => each.Event.Kind == kind);

    public IEnumerable<ProtocolEvent> Of(NodeAddress node, EventKind kind) =>
        events.Where(each => each.Node == node && each.Event.Kind == kind).Select(each => each.Event);

    /// <summary>What a seed node has committed about an address, in order.</summary>
    public MembershipEntry[] CommitsOf(NodeAddress seed, NodeAddress about) =>
        [.. Of(seed, EventKind.EntryCommitted).Select(each => ((Ballot)each.Detail!).Entry)
            .Where(entry => entry.Address == about)];

    /// <summary>The live members on a seed node's list.</summary>
    public NodeAddress[] ListOf(NodeAddress seed) => [.. events
        .Where(each => each.Node == seed
            && each.Event.Kind is EventKind.EntryCommitted or EventKind.EntryRecalled)
        .Select(each => ((Ballot)each.Event.Detail!).Entry).GroupBy(entry => entry.Address)
        .Where(entries => entries.Aggregate((one, other) => other.Supersedes(one) ? other : one).IsAlive)
        .Select(entries => entries.Key).Order()];

    public Task UntilListedAsync(IEnumerable<NodeAddress> members, params NodeAddress[] at)
    {
        NodeAddress[] expected = [.. members.Order()];
        return UntilAsync(
            () => Array.TrueForAll(at.Length > 0 ? at : Seeds, seed => ListOf(seed).SequenceEqual(expected)),
            $"{string.Join(", ", expected)} are listed");
    }

    public Task UntilAsync(Func<bool> condition, string what) =>
        Patience.UntilAsync(() => !Network.ThrowIfBroken() && condition(), what, Seen);

    public ValueTask DisposeAsync() => Network.DisposeAsync();

    private string Seen() => string.Join(
        "", Seeds.Select(seed => $"\n{seed} lists {string.Join(", ", ListOf(seed))}"))
        + $"\nthe last of {events.Count} events:" + string.Join("", events.TakeLast(30).Select(each => $"\n{each}"));
}

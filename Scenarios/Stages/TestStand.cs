using System.Diagnostics;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>What the checks have at hand: the network, three hand-made peers, and what earlier checks found.</summary>
internal sealed class TestStand : IAsyncDisposable
{
    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(10);

    private readonly StageSetup setup;

    public TestStand(StageSetup setup, NetworkUnderTest network)
    {
        this.setup = setup;
        Network = network;
        HandMadePeer[] all = [.. setup.HandMade.Select(Made)];
        (Reader, First, Second) = (all[0], all[1], all[2]);

        HandMadePeer Made(NodeAddress address, int place) =>
            new(address, (ulong)place + 1, setup.Scenario.Name, setup.SeedNodes);
    }

    public NetworkUnderTest Network { get; }

    public StageSetup Setup => setup;

    public NodeAddress[] SeedNodes => setup.SeedNodes;

    public NodeAddress[] Peers => setup.Peers;

    /// <summary>Those that nobody has killed.</summary>
    public IEnumerable<NodeAddress> LivePeers => Peers.Where(peer => peer != Victim);

    public Waits Waits => setup.Waits;

    /// <summary>Belongs to nobody, and only asks.</summary>
    public HandMadePeer Reader { get; }

    /// <summary>Two that become members.</summary>
    public HandMadePeer First { get; }

    public HandMadePeer Second { get; }

    /// <summary>The peer that stage 5 kills.</summary>
    public NodeAddress Victim { get; set; }

    /// <summary>When, as a <see cref="Stopwatch"/> counts.</summary>
    public long KilledAt { get; set; }

    public void Listen()
    {
        Reader.Listen();
        First.Listen();
        Second.Listen();
    }

    /// <summary>Until it holds.</summary>
    /// <returns>Whether it did in time.</returns>
    public static async Task<bool> UntilAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > limit) return false;
            await Task.Delay(glance);
        }

        return true;
    }

    public static Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit) =>
        UntilAsync(() => Task.FromResult(condition()), limit);

    /// <summary>The members as one seed node tells them.</summary>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<ToldList> ListOfAsync(NodeAddress seedNode) =>
        await Reader.AskAsync(seedNode, GetPeerList(), line => line.Type == "PEER_LIST", Waits.Answer) is { } answer
            ? ToldList.Read(answer)
            : throw new TimeoutException($"seed node {seedNode} does not answer GET_PEER_LIST");

    /// <summary>The same of all, in their order.</summary>
    public Task<ToldList[]> ListsAsync() => Task.WhenAll(SeedNodes.Select(ListOfAsync));

    /// <summary>Reads the lists until all of them are as they should be.</summary>
    /// <returns>The lists as they were read last, and whether they are.</returns>
    public async Task<(ToldList[] Lists, bool Hold)> ListsUntilAsync(Predicate<ToldList> isRight, TimeSpan limit)
    {
        ToldList[] lists = [];
        var hold = await UntilAsync(
            async () => Array.TrueForAll(lists = await ListsAsync(), isRight), limit);
        return (lists, hold);
    }

    /// <summary>Asks a peer who it is and whom it has links with.</summary>
    public Task<HeardLine?> PongOfAsync(HandMadePeer asker, NodeAddress peer) => asker.AskAsync(
        peer, new JsonObject { ["type"] = "PING" }, line => line.Type == "PONG", Waits.Answer);

    /// <summary>Asks a seed node to be registered, as a peer does, until it is or the time is over.</summary>
    /// <param name="oneAnswer">Whether to be content with the first answer, whatever it is.</param>
    /// <returns>The last answer; null when there was none.</returns>
    public async Task<HeardLine?> RegisterAsync(HandMadePeer who, NodeAddress seedNode, bool oneAnswer = false)
    {
        var begun = Stopwatch.GetTimestamp();
        HeardLine? last = null;
        while (Waits.Registration - Stopwatch.GetElapsedTime(begun) is var left && left > TimeSpan.Zero)
        {
            var answer = await who.AskAsync(
                seedNode,
                new JsonObject
                {
                    ["type"] = "REGISTER",
                    ["address"] = who.Address.ToString(),
                    ["nodeId"] = who.NodeId,
                },
                line => line.Type is "REGISTER_ACK" or "REGISTER_NACK", left);
            last = answer ?? last;
            if (oneAnswer || answer?.Type == "REGISTER_ACK") break;
            await Task.Delay(glance);
        }

        if (last?.Type == "REGISTER_ACK") (who.Epoch, who.JoinStamp) = (last.Number("epoch"), last.Number("joinStamp"));
        return last;
    }

    public static JsonObject GetPeerList() => new() { ["type"] = "GET_PEER_LIST", ["purpose"] = "JOIN" };

    /// <summary>What the seed nodes tell, in a few words.</summary>
    public string InWords(ToldList[] lists) => lists.Distinct().Count() == 1
        ? $"all seed nodes list {lists[0]}"
        : string.Join("; ", lists.Select((list, place) => $"{SeedNodes[place].Port} lists {list}"));

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }
}

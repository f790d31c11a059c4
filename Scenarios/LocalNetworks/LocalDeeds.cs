using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Pages;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>What readers of its page may do to a local network: what the prompt of <c>manage</c> does, by a click.
/// </summary>
internal sealed class LocalDeeds(LocalNetwork network) : IPageDeeds
{
    public IReadOnlyList<string> Allowed { get; } =
        ["crash", "pause", "resume", "restart", "leave", "cut", "isolate", "heal", "add"];

    public string Reason => "";

    public Task<string> DoAsync(string deed, string node, string other) =>
        network.OneAfterAnotherAsync(() => ActAsync(deed, node, other));

    private Task<string> ActAsync(string deed, string node, string other) => deed switch
    {
        "crash" => DoneAsync(network.KillAsync(Running(node)), $"{node} killed"),
        "pause" => Done(() => network.Pause(Running(node)), $"{node} paused"),
        "resume" => Done(() => network.Resume(Running(node)), $"{node} goes on"),
        "restart" => DoneAsync(network.RestartAsync(Node(node)), $"{node} restarted"),
        "leave" => Done(() => network.Leave(Leaving(node)), $"{node} leaves"),
        "cut" => CutAsync(Node(node), Node(other)),
        "isolate" => IsolateAsync(Node(node)),
        "heal" => HealAsync(),
        "add" => AddAsync(),
        _ => throw new UsageException($"found \"{deed}\", allowed are {string.Join(", ", Allowed)}"),
    };

    private static async Task<string> DoneAsync(Task doing, string done)
    {
        await doing;
        return done;
    }

    private static Task<string> Done(Action act, string done)
    {
        act();
        return Task.FromResult(done);
    }

    private Task<string> CutAsync(NodeAddress one, NodeAddress other)
    {
        if (one == other) throw new UsageException("a link has two ends");
        if (network.AreCut(one, other)) throw new UsageException("this link is cut already");
        return DoneAsync(network.CutAsync(one, other), $"nothing passes between {one} and {other}");
    }

    private Task<string> IsolateAsync(NodeAddress node)
    {
        if (network.IsSeparated) throw new UsageException("the network is partitioned already");
        return DoneAsync(network.SeparateAsync([node]), $"{node} is cut off from all others");
    }

    private Task<string> HealAsync()
    {
        if (!network.IsCut) throw new UsageException("nothing is cut");
        return DoneAsync(network.HealAsync(), "the network is whole again");
    }

    private async Task<string> AddAsync() => $"{await network.AddAsync()} started";

    private NodeAddress Leaving(string node) => Running(node) is var peer && !network.IsSeedNode(peer)
        ? peer
        : throw new UsageException($"{node} is a seed node: their set is fixed, so none can leave (crash)");

    private NodeAddress Node(string node) =>
        NodeAddress.TryParse(node, out _)
            ? network.Find(node)
            : throw new UsageException($"no node of this network has the address \"{node}\"");

    private NodeAddress Running(string node) => Node(node) is var running && network.IsRunning(running)
        ? running
        : throw new UsageException($"{node} does not run");
}

using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>What the prompt shows of a network.</summary>
internal static class NetworkTables
{
    public static void List(LocalNetwork network, Terminal terminal) => Write(terminal, network.Ask(world =>
    {
        var table = new FittingTable("Node", "Role", "State", "Epoch", "Links", "Up");
        foreach (var node in Known(world))
        {
            var up = node.IsUp ? Seconds((network.Seconds + world.ScenarioStart.TotalSeconds)
                - node.StartedAt.TotalSeconds) : "";
            table.AddRow(
                node.Address.ToString(), node.IsSeedNode ? "seed" : "peer", StateOf(node),
                node.IsSeedNode ? "" : Text(node.Epoch), node.IsSeedNode ? "" : Text(node.Degree), up);
        }

        return table;
    }));

    /// <param name="of">Null for all peers.</param>
    public static void Links(LocalNetwork network, NodeAddress? of, Terminal terminal) =>
        Write(terminal, network.Ask(world =>
        {
            var table = new FittingTable("Peer", "Links", "To");
            foreach (var node in Known(world).Where(node => node.IsLivePeer && (of ?? node.Address) == node.Address))
            {
                var names = node.Neighbors.ToArray().Select(index => world.Nodes[index].Address).Order();
                table.AddRow(node.Address.ToString(), Text(node.Degree), string.Join(" ", names.Select(Port)));
            }

            return table;
        }));

    public static void Seeds(LocalNetwork network, Terminal terminal) => Write(terminal, network.Ask(world =>
    {
        var table = new FittingTable("Seed node", "State", "Peers", "Peer list (port:epoch)");
        foreach (var seed in world.Nodes.SeedNodes)
        {
            var list = world.Nodes.All.Where(node => !node.IsSeedNode)
                .Select(node => world.Membership.EntryAt(seed.Index, node.Index))
                .Where(entry => entry is { Epoch: > 0, IsAlive: true })
                .OrderBy(entry => entry.Address).ToList();
            table.AddRow(
                seed.Address.ToString(), StateOf(seed), Text(list.Count),
                string.Join(" ", list.Select(entry => $"{entry.Address.Port}:{entry.Epoch}")));
        }

        return table;
    }));

    public static void Status(LocalNetwork network, Terminal terminal)
    {
        var lines = network.Ask(world => new[]
        {
            $"up for {Seconds(network.Seconds)}",
            $"seed nodes: {world.Nodes.SeedNodes.Count(node => node.IsUp)} of {network.SeedNodes.Count} run here, "
                + $"quorum {world.Facts.Quorum}, lists {(world.Membership.SeedsAgree ? "agree" : "differ")}",
            $"peers: {Peers(world).Count(node => node.IsLivePeer)} run, "
                + $"{Peers(world).Count(node => node.IsLivePeer && node.IsRegistered)} registered, "
                + $"{Peers(world).Count(node => node.IsLivePeer && node.Degree > 0)} linked",
            $"gossip: {world.Gossip.Messages.Count} messages, "
                + $"{world.Gossip.Deliveries} deliveries",
            $"membership changes: {world.Membership.Changes}, without a quorum: "
                + $"{world.Membership.ChangesWithoutQuorum}; false removals: {world.FalseRemovals}",
            $"partition: {(network.IsSeparated ? "yes (heal ends it)" : "no")}",
        });
        foreach (var line in lines) terminal.Output.WriteLine(line);
        terminal.Output.WriteLine($"results: {network.Folder.FullPath}");
    }

    private static IEnumerable<NodeState> Known(RunRecord world) =>
        world.Nodes.All.Where(node => node.EverStarted).OrderBy(node => !node.IsSeedNode).ThenBy(node => node.Address);

    private static IEnumerable<NodeState> Peers(RunRecord world) => world.Nodes.All.Where(node => !node.IsSeedNode);

    private static string StateOf(NodeState node) => node switch
    {
        { EverStarted: false } => "not here",
        { IsUp: false } => "dead",
        { IsPaused: true } => "paused",
        { HasLeft: true } => "left",
        { IsSeedNode: true, IsLearning: true } => "learning",
        { IsSeedNode: true } => "up",
        { IsRegistered: false } => "registering",
        { Degree: 0 } => "without links",
        _ => "linked",
    };

    private static string Port(NodeAddress node) => Text(node.Port);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, seconds):F0} s");

    private static void Write(Terminal terminal, FittingTable table) => table.Write(terminal.Rich(terminal.Output));
}

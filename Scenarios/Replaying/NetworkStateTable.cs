using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Replaying;

/// <summary>The network at one moment of a replay, a line for each node.</summary>
internal static class NetworkStateTable
{
    public static void Print(ReplayView view, ReplayRequest request, Terminal terminal, TextWriter output)
    {
        var table = new FittingTable("node", "role", "process", "epoch", "links", "members known", "messages");
        var world = view.World;
        var nodes = world.Nodes.All.Where(node => request.Node is not { } wanted || node.Address == wanted);
        foreach (var node in nodes.OrderBy(node => !node.IsSeedNode).ThenBy(node => node.Address))
        {
            var role = node.IsSeedNode ? "seed node" : "peer";
            var members = node.IsSeedNode ? Text(MembersOf(world, node)) : "";
            var held = node.IsSeedNode ? "" : Text(view.MessagesAt(node.Address));
            var epoch = node.IsSeedNode ? "" : Text(node.Epoch);
            var links = node.IsSeedNode ? "" : Text(node.Degree);
            table.AddRow(node.Address.ToString(), role, ProcessOf(node), epoch, links, members, held);
        }

        table.Write(terminal.Rich(output));
        if (request.Node is null) return;
        output.WriteLine($"The last inputs of {request.Node}:");
        foreach (var input in view.LastInputsOfNode) output.WriteLine($"  {input}");
    }

    private static string ProcessOf(NodeState node) => node switch
    {
        { EverStarted: false } => "not started",
        { IsUp: false } => "down",
        { IsPaused: true } => "paused",
        { HasLeft: true } => "left",
        _ => "up",
    };

    /// <summary>How many members a seed node's list has alive.</summary>
    private static int MembersOf(RunRecord world, NodeState seedNode) => world.Nodes.All.Count(node =>
        world.Membership.EntryAt(seedNode.Index, node.Index) is { Epoch: > 0, IsAlive: true });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

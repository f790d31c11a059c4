using System.Runtime.InteropServices;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.RealNet.Processes;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Nodes;

/// <summary>What the process of one node must know to host it: the first line on its standard input.</summary>
/// <param name="Parent">The process that starts it.</param>
/// <param name="Scenario">With every default, as JSON.</param>
/// <param name="Index">Of a node of the same role in the scenario's plan.</param>
/// <param name="Start">Which process at this address, from 0.</param>
/// <param name="Zero">The date and time of the run's instant zero.</param>
/// <param name="Keys">Null: no security.</param>
internal sealed record HostedNode(
    int Parent, string Scenario, string[] SeedNodes, string Address, int Index, int Start, DateTimeOffset Zero,
    long ClockZero, string DiskDirectory, KeyParcel? Keys)
{
    /// <summary>The only argument of such a process; no command, because nobody types it.</summary>
    public const string Word = "hosted-node";

    /// <summary>All processes of a scenario's nodes, for a network that gives each its own.</summary>
    /// <param name="indexOf">Where in the plan a node with that role is.</param>
    /// <param name="security">Null: none.</param>
    public static Func<NodeSlot, NodeLaunch> Launcher(
        Scenario scenario, NodeAddress[] seedNodes, DateTimeOffset zero, Func<NodeAddress, int> indexOf,
        NetworkSecurity? security = null)
    {
        var text = JsonSerializer.Serialize(scenario, ScenarioJson.Options);
        string[] seeds = [.. seedNodes.Select(node => node.ToString())];
        return slot =>
        {
            var node = new HostedNode(
                Environment.ProcessId, text, seeds, slot.Address.ToString(), indexOf(slot.Address), slot.Start, zero,
                slot.ClockZero, slot.DiskDirectory,
                security is null ? null : KeyParcel.Of(security.Keys, slot.Address, seedNodes));
            return new NodeLaunch(
                ProgramLaunch.FileName, ProgramLaunch.Arguments(Word), JsonSerializer.Serialize(node));
        };
    }

    /// <summary>The whole life of such a process.</summary>
    public static async Task<ExitCode> RunAsync(TextReader orders, Stream words)
    {
        // Ctrl-C reaches all processes of a terminal, and so does its end; what that means for the nodes is for the
        // network to say.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Ignore);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);
        if (orders.ReadLine() is not { } line) return ExitCode.BadInput;
        var node = JsonSerializer.Deserialize<HostedNode>(line)!;
        HostedChild.DieWithParent(node.Parent);
        using var youngObjects = new YoungObjects();
        using var keys = node.Keys?.Open();
        using var watch = keys is null ? null : RunSecurity.Watch(node.Settings(), keys, _ => { });
        var settings = ProtocolSettings.Of(node.Settings(), node.Zero).WithSeedNodes(node.Seeds());
        await using var child = new HostedChild(
            node.Options(keys, settings), node.Placement(settings), orders, words);
        await child.RunAsync();
        return ExitCode.Held;
    }

    private static void Ignore(PosixSignalContext signal) => signal.Cancel = true;

    private Scenario Settings() => JsonSerializer.Deserialize<Scenario>(Scenario, ScenarioJson.Options)!;

    private NodeAddress[] Seeds() => [.. SeedNodes.Select(NodeAddress.Parse)];

    private RealNetworkOptions Options(ClusterKeys? keys, ProtocolSettings settings)
    {
        var scenario = Settings();
        var security = RunSecurity.With(keys, scenario);
        var options = new RealNetworkOptions
        {
            Cluster = keys?.Trust.Cluster ?? scenario.Name,
            Security = security,
            Signing = RunSecurity.SigningOf(security, settings.SeedNode),
            RandomSeed = (ulong)scenario.RandomSeed,
            SeedNodes = Seeds(),
            ClockZero = ClockZero,
            DiskDirectory = DiskDirectory,
        };
        return options.WithNetworkOf(scenario, settings.Plan, Seeds());
    }

    private Placement Placement(ProtocolSettings settings)
    {
        var role = settings.Plan.IsSeedNode(Index) ? HostedRole.SeedNode : HostedRole.Peer;
        return new Placement(NodeAddress.Parse(Address), role, settings.FactoryOf(Index)) { FirstStart = Start };
    }
}

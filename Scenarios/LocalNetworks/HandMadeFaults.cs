using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Prompting;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>
/// What people did to a network, as the faults of a scenario: nodes are named by their place, so that the scenario
/// runs at other ports and in the simulator too.
/// </summary>
internal sealed class HandMadeFaults
{
    /// <summary>Our choice: what happens at a stop of the world takes a moment.</summary>
    private const double RestartAfterSeconds = 0.1;

    private const int LongestDescription = 2000;

    private readonly List<(ScheduledFault Fault, NodeAddress[] Nodes)> faults = [];
    private readonly List<string> said = [];

    public int Count => faults.Count;

    public void Join(double at) => faults.Add((new ScheduledJoin { AtSeconds = At(at), Count = 1 }, []));

    public void Crash(double at, NodeAddress node, bool isSeed) =>
        faults.Add((new ScheduledCrash { AtSeconds = At(at), Target = Role(isSeed) }, [node]));

    public void Restart(double at, NodeAddress node, bool isSeed) => faults.Add((
        new ScheduledRestart { AtSeconds = At(at + RestartAfterSeconds), Target = Role(isSeed) }, [node]));

    public void Leave(double at, NodeAddress peer) =>
        faults.Add((new ScheduledLeave { AtSeconds = At(at), Target = Role(isSeed: false) }, [peer]));

    public void Pause(double at, NodeAddress node, bool isSeed) =>
        faults.Add((new ScheduledPause { AtSeconds = At(at), Target = Role(isSeed) }, [node]));

    public void Resume(double at, NodeAddress node) =>
        EndLatest(at, fault => fault.Fault is ScheduledPause && fault.Nodes[0] == node);

    public void Separate(double at, NodeAddress[] nodes, Func<NodeAddress, bool> isSeed)
    {
        NodeSelector[] sides = [.. nodes.Select(node => Role(isSeed(node)))];
        faults.Add((
            new ScheduledPartition { AtSeconds = At(at), Groups = [PartitionGroup.Of(sides), PartitionGroup.Rest] },
            nodes));
    }

    public void Cut(double at, NodeAddress one, NodeAddress other, Func<NodeAddress, bool> isSeed) => faults.Add((
        new ScheduledCut { AtSeconds = At(at), From = Role(isSeed(one)), To = Role(isSeed(other)) }, [one, other]));

    /// <summary>Ends the partition and all cuts.</summary>
    public void Heal(double at)
    {
        for (var index = 0; index < faults.Count; index++)
        {
            var fault = faults[index].Fault;
            if (fault is ScheduledPartition or ScheduledCut && fault.DurationSeconds is null) End(index, at);
        }
    }

    /// <summary>Scenarios have no single messages; they are told in the description.</summary>
    public void Say(double at, NodeAddress peer, string text) =>
        said.Add(string.Create(
            CultureInfo.InvariantCulture, $"{At(at)} s: {peer} published \"{TypedText.Shown(text)}\""));

    /// <param name="seconds">How long the network has been up.</param>
    public string ToScenario(LocalNetworkRequest request, string name, double seconds)
    {
        var told = string.Join("; ", said.Prepend("What was done by hand to a local network").Append(""));
        return ScenarioJson.Write(request.Scenario with
        {
            Name = name,
            Description = told[..Math.Min(told.Length - 2, LongestDescription)] + ".",
            Phases = request.Scenario.Phases with
            {
                WarmupSeconds = 0,
                MeasureSeconds = Math.Ceiling(seconds) + 1,
            },
            Faults = [.. faults.Select((each, place) => Named(each.Fault, each.Nodes, request, place + 1))],
        });
    }

    private static ScheduledFault Named(
        ScheduledFault fault, NodeAddress[] nodes, LocalNetworkRequest request, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{FaultWords.WordOf(fault)}-{number}");
        var place = 0;
        return fault switch
        {
            ScheduledPartition partition => partition with
            {
                Id = id,
                Groups = [PartitionGroup.Of([.. nodes.Select(PlaceOf)]), PartitionGroup.Rest],
            },
            ScheduledCut cut => cut with { Id = id, From = PlaceOf(nodes[0]), To = PlaceOf(nodes[1]) },
            NodeFault struck => struck with { Id = id, Target = PlaceOf(nodes[place]) },
            _ => fault with { Id = id },
        };

        NodeSelector PlaceOf(NodeAddress node) => Array.IndexOf(request.SeedNodes, node) is var seed and >= 0
            ? Role(isSeed: true) with { Index = [seed] }
            : Role(isSeed: false) with { Index = [node.Port - request.FirstPeerPort] };
    }

    private void EndLatest(double at, Predicate<(ScheduledFault Fault, NodeAddress[] Nodes)> isMeant)
    {
        if (faults.FindLastIndex(isMeant) is >= 0 and var index) End(index, at);
    }

    private void End(int index, double at)
    {
        var (fault, nodes) = faults[index];
        faults[index] = (fault with { DurationSeconds = Math.Max(0.001, At(at - fault.AtSeconds)) }, nodes);
    }

    private static NodeSelector Role(bool isSeed) => new() { Role = isSeed ? NodeRole.Seed : NodeRole.Peer };

    private static double At(double seconds) => Math.Round(Math.Max(0, seconds), 3);
}

using System.Net;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Files;

/// <summary>Faults must strike while the run lasts, nodes that exist, and refer to faults before them.</summary>
internal sealed class FaultRules
{
    private readonly Scenario scenario;
    private readonly SourceObject tree;
    private readonly ProblemList problems;

    private FaultRules(Scenario scenario, SourceObject tree) =>
        (this.scenario, this.tree, problems) = (scenario, tree, new ProblemList(tree));

    public static IReadOnlyList<ScenarioProblem> Check(Scenario scenario, SourceObject tree)
    {
        var rules = new FaultRules(scenario, tree);
        rules.CheckGroups();
        for (int index = 0; index < scenario.Faults.Count; index++)
            rules.CheckFault(scenario.Faults[index], index);
        return rules.problems.Found;
    }

    private void CheckGroups()
    {
        for (int index = 0; index < scenario.Groups.Count; index++)
        {
            NodeGroup group = scenario.Groups[index];
            string path = $"groups[{index}]";
            problems.Require(
                scenario.Groups.Take(index).All(earlier => earlier.Name != group.Name), path + ".name",
                $"found \"{group.Name}\", which another group has already");
            for (int place = 0; place < group.Nodes.Count; place++)
            {
                string at = $"{path}.nodes[{place}]";
                CheckSelector(group.Nodes[place], fault: null, at);
                problems.Require(
                    group.Nodes[place] is { Fault: null, Group: null }, at,
                    "a group is settled before any fault strikes: pick, index and address say which nodes");
            }
        }
    }

    private void CheckFault(ScheduledFault fault, int index)
    {
        string path = $"faults[{index}]";
        CheckTimes(fault, path);
        CheckSpares(fault, path);
        bool isRepeated = scenario.Faults.Take(index).Any(earlier => earlier.Id == fault.Id);
        problems.Require(!isRepeated, path + ".id", $"found \"{fault.Id}\", which another fault has already");

        foreach ((string place, NodeSelector selector) in FaultSelectors.Of(fault))
            CheckSelector(selector, fault, $"{path}.{place}");
        switch (fault)
        {
            case ScheduledLeave { Target.Role: NodeRole.Seed }:
                problems.Require(false, path + ".target.role", "only peers leave; a seed node can crash");
                break;
            case ScheduledRestart { Target.Pick: NodePick.HighestDegree or NodePick.ArticulationPoint }:
                problems.Require(
                    false, path + ".target.pick", "crashed nodes have no degree; use random or {\"fault\": \"id\"}");
                break;
            case ScheduledPartition partition:
                CheckPartition(partition, path);
                break;
            case ScheduledSlowNode slow:
                DistributionRules.Check(slow.ProcessingDelayMs, path + ".processingDelayMs", problems);
                break;
            case ScheduledByzantine byzantine:
                CheckLiar(byzantine, path);
                break;
            default:
                break;
        }
    }

    private void CheckTimes(ScheduledFault fault, string path)
    {
        PhaseSettings phases = scenario.Phases;
        double last = phases.WarmupSeconds + phases.MeasureSeconds;
        bool hasTime = SourcePath.Find(tree, path + ".atSeconds") is not null || fault.AfterEvent is not null;
        problems.Require(hasTime, path + ".atSeconds", "missing; a number is needed, or afterEvent");
        problems.Require(
            fault.AtSeconds <= last, path + ".atSeconds",
            $"found {fault.AtSeconds}, but warm-up and measurement end at {last}");
        problems.Require(
            fault.CanEnd || fault.DurationSeconds is null, path + ".durationSeconds",
            $"a {FaultWords.WordOf(fault)} has no end");
        problems.Require(
            fault.CanEnd || fault is ScheduledRestart or ScheduledLeave || fault.EverySeconds is null,
            path + ".everySeconds", $"a {FaultWords.WordOf(fault)} strikes once");

        bool isHealed = fault is ScheduledPartition { HealAfterSeconds: not null };
        string ending = isHealed ? ".healAfterSeconds" : ".durationSeconds";
        double? end = fault.AfterEvent is null ? fault.AtSeconds + fault.LastsSeconds : null;
        problems.Require(
            !(end > phases.TotalSeconds), path + ending,
            $"the fault would last until {end}, but the run ends at {phases.TotalSeconds}");
        problems.Require(
            !(fault.EverySeconds < fault.LastsSeconds), path + ".everySeconds",
            $"found {fault.EverySeconds}, allowed is at least the {fault.LastsSeconds} s that it lasts");
        problems.Require(
            fault.EverySeconds is null || fault.LastsSeconds is not null || !LastsForGood(fault), path + ending,
            "missing; what strikes again and again must end in between");
    }

    /// <summary>Crashes and restarts are over when they have happened; all else goes on until it is ended.</summary>
    private static bool LastsForGood(ScheduledFault fault) =>
        fault.CanEnd && fault is not ScheduledCrash;

    private void CheckSpares(ScheduledFault fault, string path)
    {
        IReadOnlyList<SparedStrike> spares = fault.Spares ?? [];
        for (int place = 0; place < spares.Count; place++)
        {
            problems.Require(
                fault is NodeFault || spares[place].Address is null, $"{path}.spares[{place}].address",
                $"a {FaultWords.WordOf(fault)} is spared as a whole; only faults of nodes spare one of them");
        }
    }

    private void CheckPartition(ScheduledPartition partition, string path)
    {
        problems.Require(
            partition.Groups.Count(group => group.IsRest) <= 1, path + ".groups",
            "only one group can be \"rest\", everybody else");
        problems.Require(
            partition.DurationSeconds is null || partition.HealAfterSeconds is null, path + ".healAfterSeconds",
            "found both durationSeconds and healAfterSeconds, which mean the same");
    }

    private void CheckLiar(ScheduledByzantine byzantine, string path)
    {
        bool isPeer = byzantine.Target.Role == NodeRole.Peer;
        bool suits = isPeer ? byzantine.Behavior.SuitsPeers() : byzantine.Behavior.SuitsSeedNodes();
        problems.Require(
            suits, path + ".behavior",
            $"found {ScenarioJson.WordOf(byzantine.Behavior)}, which is nothing that a "
            + $"{(isPeer ? "peer" : "seed node")} can do");
        bool hasVictim = byzantine.Behavior is ByzantineBehavior.FalseDeadReport or ByzantineBehavior.ForgeOrigin;
        problems.Require(
            byzantine.Victim is null || hasVictim, path + ".victim",
            $"{ScenarioJson.WordOf(byzantine.Behavior)} is against nobody");
    }

    private void CheckSelector(NodeSelector selector, ScheduledFault? fault, string path)
    {
        bool[] ways =
        [
            selector.Pick is not null, selector.Index is not null, selector.Address is not null,
            selector.Fault is not null, selector.Group is not null,
        ];
        problems.Require(
            ways.Count(isUsed => isUsed) == 1, path,
            "one of pick, group, index, address and fault says which nodes, "
            + $"found {ways.Count(isUsed => isUsed)} of them");
        bool isCounted = selector.Pick is not null and not NodePick.Rest;
        problems.Require(
            isCounted || (selector.Count is null && selector.Fraction is null), path,
            "count and fraction only go with a pick other than rest");
        problems.Require(
            selector.Count is null || selector.Fraction is null, path + ".fraction",
            "found both count and fraction, allowed is one of them");
        problems.Require(
            selector.Pick is not (NodePick.HighestDegree or NodePick.ArticulationPoint)
            || selector.Role == NodeRole.Peer,
            path + ".pick", "seed nodes have no degree; use random or index");

        int existing = selector.Role == NodeRole.Peer ? scenario.AllPeers : scenario.SeedNodes.Count;
        problems.Require(
            !(selector.Count > existing), path + ".count",
            $"found {selector.Count}, allowed is at most {existing}, all nodes of that role");
        problems.Require(
            selector.Index is null || selector.Index.All(place => place < existing), path + ".index",
            $"found {selector.Index?.Max()}, allowed is 0 to {existing - 1}");
        CheckAddress(selector, path + ".address");
        if (fault is not null)
            CheckReference(selector.Fault, fault, path + ".fault");
        string guess = Suggestion.DidYouMean(selector.Group ?? "", scenario.Groups.Select(group => group.Name));
        problems.Require(
            selector.Group is not { } name || scenario.Groups.Any(group => group.Name == name), path + ".group",
            $"found \"{selector.Group}\", but no group has this name{guess}");
    }

    private void CheckAddress(NodeSelector selector, string path)
    {
        if (selector.Address is not { } address)
            return;

        bool isPeer = selector.Role == NodeRole.Peer;
        string host = isPeer ? scenario.Peers.Host : scenario.SeedNodes.Host;
        int first = isPeer ? scenario.Peers.BasePort : scenario.SeedNodes.BasePort;
        int count = isPeer ? scenario.AllPeers : scenario.SeedNodes.Count;
        bool isPlain = IPEndPoint.TryParse(address, out IPEndPoint? place);

        // More peers than one address holds live at further addresses, which only the simulator knows.
        bool isKnown = isPlain && (count > NodePlaces.PeersPerAddress
            || (place!.Address.ToString() == host && place.Port >= first && place.Port < first + count));
        problems.Require(
            isKnown, path, $"found \"{address}\", allowed is {host}:{first} to {host}:{first + count - 1}");
    }

    private void CheckReference(string? id, ScheduledFault fault, string path)
    {
        if (id is null)
            return;

        ScheduledFault? other = scenario.Faults.FirstOrDefault(each => each.Id == id);
        string guess = Suggestion.DidYouMean(id, scenario.Faults.Select(each => each.Id));
        problems.Require(other is not null, path, $"found \"{id}\", but no fault has this id{guess}");
        bool strikesNodes = other is null or { Struck: not null } or ScheduledJoin or ScheduledSybil;
        problems.Require(strikesNodes, path, $"the fault \"{id}\" strikes no single nodes");
        bool isBefore = other is null || IsBefore(other, fault);
        problems.Require(isBefore, path, $"the fault \"{id}\" must strike before this one");
    }

    /// <summary>At equal times the one that the list names first strikes first.</summary>
    private bool IsBefore(ScheduledFault other, ScheduledFault fault)
    {
        if (other.AfterEvent is not null || fault.AfterEvent is not null) return other != fault;
        if (other.AtSeconds != fault.AtSeconds) return other.AtSeconds < fault.AtSeconds;
        foreach (ScheduledFault each in scenario.Faults)
        {
            if (each == fault) return false;
            if (each == other) return true;
        }

        return false;
    }
}

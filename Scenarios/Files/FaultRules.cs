using System.Net;

namespace GossipSim.Scenarios.Files;

/// <summary>Faults must strike while the run lasts, nodes that exist, and refer to faults before them.</summary>
internal sealed class FaultRules
{
    private readonly Scenario scenario;
    private readonly ProblemList problems;

    private FaultRules(Scenario scenario, SourceObject tree) =>
        (this.scenario, problems) = (scenario, new ProblemList(tree));

    public static IReadOnlyList<ScenarioProblem> Check(Scenario scenario, SourceObject tree)
    {
        var rules = new FaultRules(scenario, tree);
        for (int index = 0; index < scenario.Faults.Count; index++)
            rules.CheckFault(scenario.Faults[index], index);
        return rules.problems.Found;
    }

    private void CheckFault(ScheduledFault fault, int index)
    {
        string path = $"faults[{index}]";
        CheckTimes(fault, path);
        bool isRepeated = scenario.Faults.Take(index).Any(earlier => earlier.Id == fault.Id);
        problems.Require(!isRepeated, path + ".id", $"found \"{fault.Id}\", which another fault has already");

        if (fault.Struck is { } struck)
            CheckSelector(struck, fault, path + ".target");
        if (fault is ScheduledLeave { Target.Role: NodeRole.Seed })
            problems.Require(false, path + ".target.role", "only peers leave; a seed node can crash");
        if (fault is ScheduledRestart { Target.Pick: NodePick.HighestDegree })
            problems.Require(
                false, path + ".target.pick", "crashed nodes have no degree; use random or {\"fault\": \"id\"}");
        if (fault is ScheduledPartition partition)
            CheckGroups(partition, path + ".groups");
    }

    private void CheckTimes(ScheduledFault fault, string path)
    {
        PhaseSettings phases = scenario.Phases;
        double last = phases.WarmupSeconds + phases.MeasureSeconds;
        problems.Require(
            fault.AtSeconds <= last, path + ".atSeconds",
            $"found {fault.AtSeconds}, but warm-up and measurement end at {last}");

        string ending = fault is ScheduledPartition ? ".healAfterSeconds" : ".durationSeconds";
        problems.Require(
            fault.EndsAtSeconds is not { } end || end <= phases.TotalSeconds, path + ending,
            $"the fault would last until {fault.EndsAtSeconds}, but the run ends at {phases.TotalSeconds}");
    }

    private void CheckGroups(ScheduledPartition partition, string path)
    {
        problems.Require(
            partition.Groups.Count(group => group.IsRest) <= 1, path,
            "only one group can be \"rest\", everybody else");
        for (int group = 0; group < partition.Groups.Count; group++)
        {
            for (int index = 0; index < (partition.Groups[group].Selectors?.Count ?? 0); index++)
            {
                string at = $"{path}[{group}][{index}]";
                CheckSelector(partition.Groups[group].Selectors![index], partition, at);
            }
        }
    }

    private void CheckSelector(NodeSelector selector, ScheduledFault fault, string path)
    {
        bool[] ways =
        [
            selector.Pick is not null, selector.Index is not null, selector.Address is not null,
            selector.Fault is not null,
        ];
        problems.Require(
            ways.Count(isUsed => isUsed) == 1, path,
            $"one of pick, index, address and fault says which nodes, found {ways.Count(isUsed => isUsed)} of them");
        problems.Require(
            selector.Pick is not null || (selector.Count is null && selector.Fraction is null), path,
            "count and fraction only go with pick");
        problems.Require(
            selector.Count is null || selector.Fraction is null, path + ".fraction",
            "found both count and fraction, allowed is one of them");
        problems.Require(
            selector.Pick != NodePick.HighestDegree || selector.Role == NodeRole.Peer, path + ".pick",
            "seed nodes have no degree; use random or index");

        int existing = selector.Role == NodeRole.Peer ? scenario.Peers.Count : scenario.SeedNodes.Count;
        problems.Require(
            !(selector.Count > existing), path + ".count",
            $"found {selector.Count}, allowed is at most {existing}, all nodes of that role");
        problems.Require(
            selector.Index is null || selector.Index.All(place => place < existing), path + ".index",
            $"found {selector.Index?.Max()}, allowed is 0 to {existing - 1}");
        CheckAddress(selector, path + ".address");
        CheckReference(selector.Fault, fault, path + ".fault");
    }

    private void CheckAddress(NodeSelector selector, string path)
    {
        if (selector.Address is not { } address)
            return;

        bool isPeer = selector.Role == NodeRole.Peer;
        string host = isPeer ? scenario.Peers.Host : scenario.SeedNodes.Host;
        int first = isPeer ? scenario.Peers.BasePort : scenario.SeedNodes.BasePort;
        int count = isPeer ? scenario.Peers.Count : scenario.SeedNodes.Count;
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
        problems.Require(other is null or { Struck: not null }, path, $"the fault \"{id}\" strikes no single nodes");
        problems.Require(
            other is null || (other != fault && other.AtSeconds <= fault.AtSeconds), path,
            $"the fault \"{id}\" must strike before this one");
    }
}

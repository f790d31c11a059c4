using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>What is known about a run of a scenario before it starts.</summary>
internal static class FactsOfRun
{
    public static RunFacts Of(Scenario scenario, ProtocolSettings settings) => new()
    {
        Scenario = scenario.Name,
        Description = scenario.Description,
        Runtime = scenario.Runtime,
        EmulatesLatency = scenario is { Runtime: RuntimeKind.Tcp, Network.EmulateOnTcp: true },
        RandomSeed = scenario.RandomSeed,
        SeedNodes = settings.SeedNode.SeedNodes,
        Plan = settings.Plan,
        Quorum = settings.Own is null ? settings.SeedNode.QuorumSize : 0,
        AreVotesSigned = settings.SeedNode.AreVotesSigned,
        Signing = scenario.Runtime == RuntimeKind.Sim ? settings.SimulatedSigning : null,
        NeighborChoice = ChoiceInWords(scenario.Overlay.Rule),
        PlannedParts = settings.Peer.OverlayRule is PlannedOverlay plan ? plan.CountParts() : 1,
        PeersWanted = scenario.Peers.Count,
        MostPeers = scenario.AllPeers,
        LoggedPeers = LoggedPeers(scenario),
        PeersInText = PeersInText(scenario),
        DetectionBound = settings.DetectionBound,
        Detection = settings.Own is null ? DetectionRules.Of(scenario) : null,
        MeasureFromSeconds = scenario.Phases.WarmupSeconds,
        MeasureToSeconds = scenario.Phases.WarmupSeconds + scenario.Phases.MeasureSeconds,
        ScenarioSeconds = scenario.Phases.TotalSeconds,
        Protocol = settings.Own?.Protocol.Name,
        Metrics = settings.Own?.Protocol.Metrics ?? [],
        FaultsInWords = [.. scenario.Faults.OrderBy(BeginSeconds).Select(InWords)],
    };

    /// <summary>Document 003 says power law of its Zipf weights, and means what ours by degree make.</summary>
    private static string ChoiceInWords(OverlayRuleName rule) =>
        rule is OverlayRuleName.PreferentialAttachment or OverlayRuleName.ZipfRank
            ? "power-law"
            : ScenarioJson.WordOf(rule);

    /// <summary>The graph is written without an event log too, and is sampled like one by default.</summary>
    private static int? LoggedPeers(Scenario scenario)
    {
        var outputs = scenario.Outputs;
        var isSampled = outputs.EventLog == LogKind.Sampled
            || (outputs.EventLog == LogKind.None && scenario.AllPeers > OutputSettings.MostPeersLoggedFully);
        return isSampled && outputs.SampledPeers < scenario.AllPeers ? outputs.SampledPeers : null;
    }

    private static int? PeersInText(Scenario scenario)
    {
        var peers = Math.Min(scenario.Outputs.SampledPeers, OutputSettings.MostPeersInSampledText);
        return scenario.Outputs.TextLogs == LogKind.Sampled && peers < scenario.AllPeers ? peers : null;
    }

    /// <summary>When that is not known before, it comes last.</summary>
    private static double BeginSeconds(ScheduledFault fault) =>
        fault.AfterEvent is null ? fault.AtSeconds : double.PositiveInfinity;

    private static string InWords(ScheduledFault fault) => string.Create(
        CultureInfo.InvariantCulture,
        $"{FaultWords.WordOf(fault)} {WhenInWords(fault)}{SpanInWords(fault)}{TargetInWords(fault.Struck)}"
        + $"{LieInWords(fault)}{SparedInWords(fault)}");

    private static string SpanInWords(ScheduledFault fault) => fault.LastsSeconds is { } seconds
        ? string.Create(CultureInfo.InvariantCulture, $" for {seconds} s")
        : "";

    private static string LieInWords(ScheduledFault fault) => fault is ScheduledByzantine liar
        ? $": {ScenarioJson.WordOf(liar.Behavior)}" + (liar.Victim is null ? "" : TargetInWords(liar.Victim))
        : "";

    private static string SparedInWords(ScheduledFault fault) => fault.Spares is { } spares
        ? $"; spared: {string.Join(", ", spares.Select(spared => spared.Address ?? $"all of strike {spared.Strike}"))}"
        : "";

    private static string WhenInWords(ScheduledFault fault)
    {
        var when = fault.AfterEvent is { } trigger
            ? $"after {ScenarioJson.WordOf(trigger.Event)}"
            : string.Create(CultureInfo.InvariantCulture, $"at {fault.AtSeconds} s");
        return fault.EverySeconds is { } every
            ? string.Create(CultureInfo.InvariantCulture, $"{when} and every {every} s")
            : when;
    }

    private static string TargetInWords(NodeSelector? selector) => selector switch
    {
        null => "",
        { Address: { } address } => $" of {address}",
        { Fault: { } fault } => $" of the nodes struck by {fault}",
        { Index: { } places } => $" of {RoleOf(selector)} {string.Join(", ", places)}",
        { Group: { } group } => $" of the group {group}",
        { Pick: NodePick.HighestDegree } => $" of the {CountOf(selector)} with the most links",
        { Pick: NodePick.ArticulationPoint } => $" of the {CountOf(selector)} that hold the overlay together",
        { Pick: NodePick.Rest } => $" of all other {RoleOf(selector)}s",
        _ => $" of {CountOf(selector)} at random",
    };

    private static string CountOf(NodeSelector selector) => selector.Fraction is { } fraction
        ? string.Create(CultureInfo.InvariantCulture, $"{fraction:P0} of the {RoleOf(selector)}s")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{selector.Count ?? 1} {RoleOf(selector)}{(selector.Count > 1 ? "s" : "")}");

    private static string RoleOf(NodeSelector selector) => selector.Role == NodeRole.Seed ? "seed node" : "peer";
}

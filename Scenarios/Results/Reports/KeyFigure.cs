namespace GossipSim.Scenarios.Results;

/// <summary>One figure that a reader looks for first, with what it means in plain words.</summary>
/// <param name="InBrief">Whether the console's closing table shows it too.</param>
internal sealed record KeyFigure(string Group, string Name, string Value, string Meaning, bool InBrief = true)
{
    public static IReadOnlyList<KeyFigure> Of(RunResult result)
    {
        var s = result.Summary;
        IEnumerable<KeyFigure> ofProtocol = result.Facts.Protocol is not null
            ? [.. OwnNodes(s), .. Metrics(s)]
            : [.. Network(s), .. Gossip(result), .. Detection(s), .. Membership(s)];
        return [.. ofProtocol, .. TransportFigures.Of(s), .. Cost(s)];
    }

    private static IEnumerable<KeyFigure> Network(Summary s)
    {
        const string Group = "Overlay";
        yield return new(Group, "Peers registered / live at the end",
            $"{Numbers.Count(s.Peers.Registered)} / {Numbers.Count(s.Peers.Live)}",
            "How many peers got into the network by a vote of seed nodes, and how many still ran at the end.");
        yield return new(Group, "Links", Numbers.Count(s.Overlay.Edges),
            "Connections between live peers that both ends list, at the end.");
        yield return new(Group, "Degree, mean / largest",
            $"{Numbers.Decimal(s.Overlay.DegreeMean)} / {Numbers.Count(s.Overlay.DegreeMax)}",
            "Links of a peer. A largest degree far above the mean is a hub.");
        yield return new(Group, "Largest component", Numbers.Percent(s.Overlay.LargestComponentFraction),
            "Share of live peers that can reach each other over live peers. Below 100 % the overlay is in pieces.");
        foreach (var figure in OverlayFigures.Of(s.Overlay)) yield return figure;
        yield return new(Group, "Power law", Spaced(s.PowerLaw.Verdict), s.PowerLaw.Reason, InBrief: false);
    }

    /// <summary>A word of summary.json for people: cannotBeFitted becomes cannot be fitted.</summary>
    private static string Spaced(string word) => string.Concat(
        word.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));

    private static IEnumerable<KeyFigure> OwnNodes(Summary s)
    {
        const string Group = "Nodes";
        yield return new(Group, "Nodes started / live at the end",
            $"{Numbers.Count(s.Peers.Started)} / {Numbers.Count(s.Peers.Live)}",
            "How many addresses ever had a process, and how many of them still had one at the end.");
        yield return new(Group, "Links", Numbers.Count(s.Overlay.Edges),
            "Pairs of live nodes that are neighbors in the generated overlay, at the end.");
    }

    private static IEnumerable<KeyFigure> Metrics(Summary s)
    {
        foreach (var (name, metric) in s.Metrics)
        {
            yield return new("Metrics", $"{name}, mean / spread at the end",
                $"{Numbers.Decimal(metric.Last, 4)} / {Numbers.Decimal(metric.Spread, 4)}",
                "Over the live nodes, what each reported last: the mean, and the largest less the smallest.");
            yield return new("Metrics", $"{name}, least / most ever",
                $"{Numbers.Decimal(metric.Min, 4)} / {Numbers.Decimal(metric.Max, 4)}",
                "Of any live node at any whole second of the scenario.", InBrief: false);
        }
    }

    private static IEnumerable<KeyFigure> Gossip(RunResult result)
    {
        const string Group = "Gossip";
        var g = result.Summary.Gossip;
        yield return new(Group, "Messages / deliveries", $"{Numbers.Count(g.Messages)} / {Numbers.Count(g.Deliveries)}",
            "Messages published in the measured part, and first receipts of them at other peers.");
        yield return new(Group, "Coverage of live peers, lowest", Numbers.Percent(g.CoverageOfLivePeersMin),
            "For the worst message: of the peers that lived and were linked from its creation to the end and could "
            + "have it, the share that got it.");
        yield return new(Group, "Reliability, mean / lowest",
            $"{Numbers.Percent(g.Reliability.Mean)} / {Numbers.Percent(g.Reliability.Min)}",
            "Of all honest peers alive at the end, the share that got a message, as papers define it. Peers that "
            + "joined later or were cut off count here; coverage leaves them out.");
        yield return new(Group, "Lost with their origin", Numbers.Count(g.LostWithOrigin),
            "Messages whose publisher died before anybody who lived on had them. No protocol can save these.",
            InBrief: g.LostWithOrigin > 0);
        yield return new(Group, "Swallowed as duplicates", Numbers.Count(g.Swallowed),
            "First copies that peers dropped because another message has the same id: what ids without a port cost.",
            InBrief: g.Swallowed > 0);
        yield return new(Group, "Latency p50 / p99 / max",
            $"{Numbers.Milliseconds(g.LatencyMs.P50)} / {Numbers.Milliseconds(g.LatencyMs.P99)} / "
            + Numbers.Milliseconds(g.LatencyMs.Max),
            "From publication to first receipt by flooding. Half of all receipts are faster than p50, 99 of 100 "
            + "faster than p99.");
        yield return new(Group, "Recovered", Numbers.Count(g.Recovered),
            "Receipts through a later request instead of the flood, as after a crash on the way.", InBrief: false);
        yield return new(Group, "Hops, mean / most",
            $"{Numbers.Decimal(g.Hops.Mean)} / {Numbers.Decimal(g.Hops.Max, digits: 0)}",
            "Links crossed from the publisher to a receiver.", InBrief: false);
        yield return new(Group, "Redundancy", Numbers.Decimal(g.Redundancy),
            "Copies received for each one that was new: (deliveries + duplicates) / deliveries. Flooding pays about "
            + "one copy a link.", InBrief: false);
        var p = result.Summary.Propagation;
        yield return new(Group, "Redundancy (RMR), measured / of flooding",
            $"{Numbers.Decimal(p.RelativeRedundancy)} / {Numbers.Decimal(p.RelativeRedundancyOfFlooding)}",
            "Relative message redundancy: copies received beyond the one that was needed, duplicates / deliveries. "
            + "Plain flooding of N peers over E links sends 2E/(N-1) - 2; that is what these overlays ask for, counted "
            + "when each message was published. Crashes, repairs and messages cut short keep the two apart.",
            InBrief: false);
        yield return new(Group, "Last delivery hop, mean / most",
            $"{Numbers.Decimal(p.LastDeliveryHop.Mean)} / {Numbers.Decimal(p.LastDeliveryHop.Max, digits: 0)}",
            "Links that the last receipt of a message had crossed.", InBrief: false);
        if (result.ToSimulation is not { } distance) yield break;
        yield return new(Group, "Distance to the simulation", Numbers.Decimal(distance.KolmogorovSmirnov, 3),
            "Largest gap between the two latency curves, real and simulated (Kolmogorov-Smirnov), from 0 to 1; "
            + $"the medians differ by {Numbers.Milliseconds(Math.Abs(distance.MedianShift))}.");
    }

    private static IEnumerable<KeyFigure> Detection(Summary s)
    {
        const string Group = "Detection";
        var d = s.Detection;
        yield return new(Group, "Crashes / removed", $"{Numbers.Count(d.Crashes)} / {Numbers.Count(d.Removed)}",
            "Registered peers that crashed, and how many of them every live seed node removed.");
        yield return new(Group, "Crash to suspicion, p50 / max",
            $"{Numbers.Milliseconds(d.TimeToSuspicionMs.P50)} / {Numbers.Milliseconds(d.TimeToSuspicionMs.Max)}",
            "Until the first neighbor noticed.", InBrief: d.Crashes > 0);
        yield return new(Group, "Crash to removal, p50 / max",
            $"{Numbers.Milliseconds(d.TimeToRemovalMs.P50)} / {Numbers.Milliseconds(d.TimeToRemovalMs.Max)}",
            "Until every live seed node had committed the removal by quorum.", InBrief: d.Crashes > 0);
        yield return new(Group, "False removals", Numbers.Count(d.FalseRemovals),
            "Removals of peers that ran and could talk to a quorum of seed nodes all the while. Should be 0.");
        yield return new(Group, "Unreachable removals", Numbers.Count(d.UnreachableRemovals),
            "Removals of peers that ran but were paused or cut off: the best that anybody could decide.",
            InBrief: d.UnreachableRemovals > 0);
    }

    private static IEnumerable<KeyFigure> Membership(Summary s)
    {
        const string Group = "Membership";
        var m = s.Membership;
        yield return new(Group, "Changes / without a quorum",
            $"{Numbers.Count(m.Changes)} / {Numbers.Count(m.ChangesWithoutQuorum)}",
            "Registrations and removals that seed nodes committed, and those on too few votes, which should be 0.");
        yield return new(Group, "Seed nodes agree", m.SeedsAgree ? "yes" : "no",
            "Whether all live seed nodes hold equal lists at the end.");
        yield return new(Group, "Reconvergence", Numbers.Milliseconds(m.ReconvergenceMs),
            "From the last heal, or crash or start of a seed node, until all live seed nodes held equal lists.",
            InBrief: m.ReconvergenceMs is not null);
    }

    private static IEnumerable<KeyFigure> Cost(Summary s)
    {
        const string Group = "Cost";
        var p = s.Performance;
        yield return new(Group, "Wall time", Numbers.Seconds(p.WallSeconds),
            $"For {Numbers.Count(p.Events)} events, {Numbers.Count((long)p.EventsPerSecond)} a second.");
        if (s.Overhead is { MessagesPerPeerSecond: { } messages } overhead)
        {
            yield return new(Group, "Sent a peer and second",
                $"{Numbers.Decimal(messages, 1)} messages"
                + (overhead.BytesPerPeerSecond is { } bytes ? $", {Numbers.Bytes(bytes)}" : ""),
                "By all nodes after formation, shared out among the live peers; by kind further down.", InBrief: false);
        }

        yield return new(Group, "Peak memory", Numbers.Bytes(p.PeakRssBytes),
            $"Of all its processes; {Numbers.Bytes(p.RssPerPeerBytes)} a peer above what it was before the first node.",
            InBrief: false);
    }
}

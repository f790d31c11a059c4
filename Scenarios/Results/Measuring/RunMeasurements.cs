using System.Runtime.InteropServices;
using System.Text.Json;
using GossipSim.Analysis;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>Everything measured in one run, from the record of its events. See DESIGN sections 5 and 8.</summary>
internal sealed class RunMeasurements
{
    private RunMeasurements(RunRecord record) => Record = record;

    public RunRecord Record { get; }

    public required EndOverlay EndOverlay { get; init; }

    public required OverlaySummary Overlay { get; init; }

    /// <summary>What the overlay at the end stands; null when left out, and without peers.</summary>
    public required Robustness? Robustness { get; init; }

    public required PeerSummary Peers { get; init; }

    /// <summary>One row for each message of the measured part, in order of publication.</summary>
    public required IReadOnlyList<MessageMeasure> Messages { get; init; }

    public required GossipSummary Gossip { get; init; }

    public required PropagationSummary Propagation { get; init; }

    /// <summary>Delays of all first receipts by flooding, in milliseconds and in no order.</summary>
    public required double[] LatenciesMs { get; init; }

    public required IReadOnlyList<CrashMeasure> Crashes { get; init; }

    public required DetectionSummary Detection { get; init; }

    public required MembershipSummary Membership { get; init; }

    /// <summary>Null when the fit was left out.</summary>
    public required PowerLawAnalysis? PowerLaw { get; init; }

    public static RunMeasurements Of(RunRecord record, MeasurementOptions options)
    {
        if (!record.HasEnded) throw new InvalidOperationException("A run is measured after MarkEnd.");
        var overlay = EndOverlay.Of(record);
        var graph = OverlayMeasure.Of(overlay.Peers.Count, overlay.Edges, options);
        var messages = MeasureMessages(record, overlay);
        var (gossip, latencies) = SummarizeGossip(messages);
        var crashes = record.Crashes.Select(crash => CrashMeasure.Of(crash, record)).ToList();
        return new RunMeasurements(record)
        {
            EndOverlay = overlay,
            Overlay = graph.Summarize(SummarizeBeforeCrash(record, options)),
            Robustness = graph.Robustness,
            Peers = CountPeers(record),
            Messages = messages,
            Gossip = gossip,
            Propagation = PropagationMeasure.Of(messages),
            LatenciesMs = latencies,
            Crashes = crashes,
            Detection = SummarizeDetection(record, crashes),
            Membership = SummarizeMembership(record.Membership),
            PowerLaw = options.FitPowerLaw ? FitPowerLaw(overlay, record.Facts, options) : null,
        };
    }

    /// <summary>The fit in the words of <c>summary.json</c>.</summary>
    public PowerLawSummary PowerLawInWords() => PowerLaw is not { } fit
        ? new PowerLawSummary
        {
            Verdict = "inconclusive", Reason = "Not analysed: this run was measured without the fit.",
        }
        : new PowerLawSummary
        {
            Alpha = fit.Alpha, Xmin = (int?)fit.Xmin, Ntail = fit.Ntail, Ks = fit.Ks,
            LogLikelihood = fit.LogLikelihood, PValue = fit.PValue,
            Verdict = JsonNamingPolicy.CamelCase.ConvertName(fit.Verdict.ToString()), Reason = fit.Reason,
        };

    private static List<MessageMeasure> MeasureMessages(RunRecord record, EndOverlay overlay)
    {
        var meter = new CoverageMeter(record, overlay);
        var scratch = new List<double>();
        return [.. record.Gossip.Messages
            .Where(message => message.PublishedAt is { } published && record.IsMeasuredAt(published))
            .OrderBy(message => message.PublishedAt)
            .Select(message => meter.Measure(message, scratch))];
    }

    private static (GossipSummary Gossip, double[] LatenciesMs) SummarizeGossip(List<MessageMeasure> messages)
    {
        var flooded = messages.Sum(m => (long)(m.Deliveries - m.Recovered));
        var latencies = new List<double>((int)Math.Min(flooded, Array.MaxLength));
        var (hopSum, hopMax) = (0L, 0);
        foreach (var measure in messages)
        {
            foreach (ref readonly var receipt in measure.Message.Receipts)
            {
                if (receipt.Recovered) continue;
                latencies.Add((receipt.At - measure.Message.PublishedAt!.Value).TotalMilliseconds);
                hopSum += receipt.Hops;
                hopMax = Math.Max(hopMax, receipt.Hops);
            }
        }

        var coverages = messages.Where(m => m.Coverage is not null).Select(m => m.Coverage!.Value).ToList();
        var deliveries = messages.Sum(m => (long)m.Deliveries);
        var duplicates = messages.Sum(m => m.Message.Duplicates);
        var gossip = new GossipSummary
        {
            Messages = messages.Count,
            Deliveries = deliveries,
            Duplicates = duplicates,
            Swallowed = messages.Sum(m => m.Message.Swallowed),
            Recovered = messages.Sum(m => (long)m.Recovered),
            LostWithOrigin = messages.Count(m => m.LostWithOrigin),
            CoverageOfLivePeersMin = coverages.Count == 0 ? null : coverages.Min(),
            Reliability = Reliability(messages),
            LatencyMs = Durations.Of(latencies),
            Hops = new HopSummary
            {
                Mean = latencies.Count == 0 ? null : (double)hopSum / latencies.Count,
                Max = latencies.Count == 0 ? null : hopMax,
            },

            // Copies received for each copy that was needed.
            Redundancy = deliveries == 0 ? null : (double)(deliveries + duplicates) / deliveries,
        };
        return (gossip, [.. CollectionsMarshal.AsSpan(latencies)]);
    }

    private static ReliabilitySummary Reliability(List<MessageMeasure> messages)
    {
        var shares = messages.Select(message => message.Reliability).OfType<double>().ToList();
        return shares.Count == 0
            ? new ReliabilitySummary()
            : new ReliabilitySummary { Mean = shares.Average(), Min = shares.Min() };
    }

    private static OverlaySnapshotSummary? SummarizeBeforeCrash(RunRecord record, MeasurementOptions options) =>
        record.BeforeFirstCrash is not { } links || !options.OverlayStructure
            ? null
            : OverlayMeasure.Of(links.Peers.Count, links.Edges, options).SummarizeAt(
                Math.Round(record.SecondsAt(record.Crashes[0].At), 6));

    private static PeerSummary CountPeers(RunRecord record) => new()
    {
        Started = record.Nodes.All.Count(n => !n.IsSeedNode && n.EverStarted),
        Registered = record.RegisteredPeers,
        Live = record.Nodes.All.Count(n => n.IsLivePeer),
    };

    private static DetectionSummary SummarizeDetection(RunRecord record, List<CrashMeasure> crashes) => new()
    {
        Crashes = crashes.Count,
        Removed = crashes.Count(c => c.Crash.Outcome == CrashOutcome.Removed),
        TimeToSuspicionMs = Durations.Of(crashes.Select(c => c.ToSuspicionMs).OfType<double>().ToList()),
        TimeToRemovalMs = Durations.Of(crashes.Select(c => c.ToRemovalMs).OfType<double>().ToList()),
        FalseRemovals = record.FalseRemovals,
        UnreachableRemovals = record.UnreachableRemovals,
        Stages = StagesSummary.Of(crashes.Select(c => c.Stages)),
    };

    private static MembershipSummary SummarizeMembership(MembershipRecord membership) => new()
    {
        Changes = membership.Changes,
        ChangesWithoutQuorum = membership.ChangesWithoutQuorum,
        SeedsAgree = membership.SeedsAgree,
        ReconvergenceMs = membership.Reconvergence?.TotalMilliseconds,
    };

    private static PowerLawAnalysis FitPowerLaw(EndOverlay overlay, RunFacts facts, MeasurementOptions options) =>
        Analysis.PowerLaw.Analyze(overlay.Degrees, new PowerLawOptions
        {
            Replicates = options.PowerLawReplicates,
            RandomSeed = (ulong)facts.RandomSeed,
            Threads = options.Threads,
        });
}

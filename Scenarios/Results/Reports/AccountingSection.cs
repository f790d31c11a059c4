namespace GossipSim.Scenarios.Results;

/// <summary>The tables that account for what happened: hop by hop, crash by crash, kind by kind.</summary>
internal static class AccountingSection
{
    private const int ShownCrashes = 100;
    private const int ExplainedCrashes = 3;

    public const string Id = "accounting";

    public static void Write(HtmlText html, RunResult result)
    {
        html.Raw($"<div id=\"{Id}\"></div>\n");
        WriteHops(html, result.Summary.Propagation);
        WriteComparison(html, result.Summary.ToSimulation);
        WriteCrashes(html, result.Measurements.Crashes);
        WriteStages(html, result.Measurements.Crashes, result.Summary.Detection.Stages);
        if (result.Facts.Detection is { } rules) WriteReasons(html, result.Measurements.Crashes, rules);
        if (result.Summary.Overhead is { } overhead) WriteOverhead(html, overhead);
    }

    private static void WriteHops(HtmlText html, PropagationSummary propagation)
    {
        if (propagation.ByHop.Count == 0) return;
        html.Element("h2", "Hop by hop");
        html.Element("p", "First receipts by flooding, by the number of links they crossed. The last receipt of a "
            + $"message had crossed {Numbers.Decimal(propagation.LastDeliveryHop.Mean)} links on average, "
            + $"{propagation.LastDeliveryHop.Max} at most.");
        html.Table(
            ["Hops", "Receipts", "p50", "p90", "p99", "Slowest"],
            propagation.ByHop.Select(row => (IReadOnlyList<string>)
            [
                Numbers.Count(row.Hops), Numbers.Count(row.Receipts), Numbers.Milliseconds(row.LatencyMs.P50),
                Numbers.Milliseconds(row.LatencyMs.P90), Numbers.Milliseconds(row.LatencyMs.P99),
                Numbers.Milliseconds(row.LatencyMs.Max),
            ]),
            0, 1, 2, 3, 4, 5);
    }

    private static void WriteComparison(HtmlText html, ToSimulationSummary? compared)
    {
        if (compared is null) return;
        html.Element("h2", "Real against simulated").Element("p", compared.Reading);
    }

    private static void WriteCrashes(HtmlText html, IReadOnlyList<CrashMeasure> crashes)
    {
        if (crashes.Count == 0) return;
        html.Element("h2", "Crash by crash");
        html.Element("p", "A dead peer is first suspected by a neighbor, then confirmed by the suspect's other "
            + "neighbors and reported, then probed and voted out by the seed nodes. Times count from the crash.");
        html.Table(
            ["Peer", "Links", "Crashed at", "Suspected after", "Reported after", "Removed everywhere after", "Outcome"],
            crashes.Take(ShownCrashes).Select(c => (IReadOnlyList<string>)
            [
                c.Crash.Address.ToString(), Numbers.Count(c.Crash.Degree), Numbers.Seconds(c.AtSeconds),
                Numbers.Milliseconds(c.ToSuspicionMs), Numbers.Milliseconds(c.ToReportMs),
                Numbers.Milliseconds(c.ToRemovalMs), EventDetail.Name(c.Crash.Outcome.ToString()),
            ]),
            1, 2, 3, 4, 5);
        if (crashes.Count <= ShownCrashes) return;
        var more = Numbers.Count(crashes.Count - ShownCrashes);
        html.Element("p", $"And {more} more: detection.csv has them all.", "soft");
    }

    private static void WriteStages(HtmlText html, IReadOnlyList<CrashMeasure> crashes, StagesSummary summary)
    {
        if (crashes.Count == 0) return;
        html.Element("h3", "Where the time went");
        html.Element("p", "In milliseconds. The stages of a crash follow each other on the way to its outcome and sum "
            + "to its total; a dash is a stage that this crash did not need or never reached. The last row is the "
            + "mean over the crashes that came to their end, where a missing stage counts as 0.");
        var rows = crashes.Take(ShownCrashes).Select(c => (IReadOnlyList<string>)
        [
            c.Crash.Address.ToString(),
            .. RoundedParts.Milliseconds(DetectionStages.InOrder.Select(stage => c.Stages.Milliseconds(stage))),
        ]).ToList();
        if (summary.Total.Crashes > 0)
        {
            StageSummary[] means =
            [
                summary.FirstMiss, summary.Suspicion, summary.NeighborMajority, summary.Report, summary.Proposal,
                summary.Quorum, summary.Removal, summary.LastPeer,
            ];
            rows.Add([
                $"mean of {Numbers.Count(summary.Total.Crashes)}",
                .. RoundedParts.Milliseconds(means.Select(mean => mean.MeanMs)),
            ]);
        }

        html.Table(
            [
                "Peer", "First miss", "Suspicion", "Neighbor majority", "Report", "Proposal", "Quorum", "Removal",
                "Last peer", "Total",
            ],
            rows, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    /// <summary>Of the slowest crashes, why each stage took as long as it did.</summary>
    private static void WriteReasons(HtmlText html, IReadOnlyList<CrashMeasure> crashes, DetectionRules rules)
    {
        var reasons = new StageReasons(rules);
        foreach (var crash in crashes.OrderByDescending(crash => crash.Stages.TotalMs).Take(ExplainedCrashes))
        {
            if (crash.Stages.TotalMs == 0) continue;
            html.Element("h3", $"Why it took {Numbers.Milliseconds(crash.Stages.TotalMs)}: {crash.Crash.Address}");
            html.Table(
                ["Stage", "Took", "Why"],
                DetectionStages.InOrder.Where(stage => crash.Stages.Milliseconds(stage) is not null)
                    .Select(stage => (IReadOnlyList<string>)
                    [
                        DetectionFigures.InWords(stage), Numbers.Milliseconds(crash.Stages.Milliseconds(stage)),
                        reasons.Of(stage, crash.Stages)!,
                    ]),
                1);
        }
    }

    private static void WriteOverhead(HtmlText html, OverheadSummary overhead)
    {
        html.Element("h2", "Overhead by kind of message");
        html.Element("p", "What all nodes sent, seed nodes too. The rates are of the time after formation, for each "
            + "peer live at the end; bytes are lines of JSON with their ends, without the headers of TCP."
            + (overhead.WeighedOneIn == 1 ? "" :
                $" Bytes are estimated: one input in {overhead.WeighedOneIn} had what it sent weighed."));
        html.Table(
            ["Kind", "Messages", "Bytes", "Messages a peer and second", "Bytes a peer and second"],
            overhead.Kinds.OrderByDescending(kind => kind.Bytes ?? kind.Messages).Select(kind => (IReadOnlyList<string>)
            [
                kind.Kind, Numbers.Count(kind.Messages), Bytes(kind.Bytes), Numbers.Decimal(kind.PerPeerSecond, 3),
                Numbers.Decimal(kind.BytesPerPeerSecond, 1),
            ]).Append(
            [
                "all", Numbers.Count(overhead.Messages), Bytes(overhead.Bytes),
                Numbers.Decimal(overhead.MessagesPerPeerSecond, 3), Numbers.Decimal(overhead.BytesPerPeerSecond, 1),
            ]),
            1, 2, 3, 4);

        static string Bytes(double? bytes) => bytes is { } many ? Numbers.Bytes(many) : Numbers.Milliseconds(null);
    }
}

using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Progress;
using GossipSim.Scenarios.Viewing;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// A run with a folder: hands every event to the record, the event log, the text logs and the progress, and writes
/// the results at the end. Calls must not overlap: a host with many threads calls under a lock.
/// </summary>
internal sealed class RunRecording : ITrace, IDisposable
{
    private readonly RunFolder folder;
    private readonly RecordingOptions options;
    private readonly IRunProgress progress;
    private readonly EventLog? events;
    private readonly RunLogs? texts;
    private readonly WriterThread? eventWriter;
    private readonly WriterThread? textWriter;
    private long seq;
    private RunCard? card;
    private bool closed;

    public RunRecording(RunFacts facts, RunFolder folder, RecordingOptions options, IRunProgress progress)
    {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
        Record = new RunRecord(facts);
        if (options.EventLog)
        {
            events = new EventLog(File.Create(folder[EventLog.FileName]), facts);
            eventWriter = new WriterThread(events, SampleOf(facts.LoggedPeers), () => { });
        }

        if (!options.TextLogs) return;
        texts = new RunLogs(folder.FullPath, facts, options.WallBase, options.CompatLogs);
        textWriter = new WriterThread(
            texts, SampleOf(facts.PeersInText), facts.Runtime == RuntimeKind.Tcp ? texts.FlushCombined : () => { });

        EventSample? SampleOf(int? followed) => followed is { } peers ? new EventSample(peers, facts) : null;
    }

    public RunRecord Record { get; }

    /// <summary>The run begins.</summary>
    /// <param name="scenario">The scenario file as it was read.</param>
    /// <param name="effective">The scenario with every default filled in.</param>
    public void WriteInputs(string scenario, string effective, string command)
    {
        card = RunCard.Of(command, folder.StartedAt);
        File.WriteAllText(folder["scenario.json"], scenario);
        File.WriteAllText(folder["scenario.effective.json"], effective);
        File.WriteAllText(folder["run.json"], card.ToJson() + "\n");
        folder.Begin();
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        // What hosts say while they are taken down is no part of the run.
        if (Record.HasEnded) return;
        seq++;
        Record.Report(node, now, protocolEvent);
        eventWriter?.Report(seq, node, now, protocolEvent);
        if (RunLogs.Has(protocolEvent.Kind)) textWriter?.Report(seq, node, now, protocolEvent);
        options.Live?.Write(seq, node, now, protocolEvent);
        progress.Observe(Record, node, now, protocolEvent);
    }

    /// <summary>Logs that follow some of the peers hear all the same of everything, to choose from.</summary>
    public bool Wants(EventKind kind) => eventWriter is not null || (textWriter is not null && RunLogs.Has(kind))
        || options.Live is not null || Record.Wants(kind);

    /// <summary>How far a simulation is; also after its measured end, while it waits for quiet.</summary>
    public void Reached(Instant now, long inputs) => progress.Reached(now, inputs);

    public void MarkScenarioStart(Instant now)
    {
        Record.MarkScenarioStart(now);
        Mark(EventLog.ScenarioStarted, now);
        progress.ScenarioStarted(Record, now);
    }

    public void MarkEnd(Instant now)
    {
        if (Record.HasEnded) return;
        Mark(EventLog.RunEnded, now);
        Record.MarkEnd(now);
        progress.Ended(Record, now);
    }

    /// <summary>Measures the run and writes everything that is not written yet. After <see cref="MarkEnd"/>.</summary>
    public RunResult Finish(RunEnding ending)
    {
        Close();
        var measurements = RunMeasurements.Of(Record, options.Measurement);
        var result = RunResult.Conclude(measurements, ending with { Logs = SummarizeLogs() }, folder.FullPath);
        File.WriteAllText(folder["summary.json"], SummaryJson.Write(result.Summary) + "\n");
        WriteTables(measurements, result.Summary.Overhead);
        var figures = FigureSet.Compose(result, options.Plots);
        FigureFiles.Write(folder["plots"], figures);
        File.WriteAllText(folder["report.html"], ReportPage.Write(
            result, figures, card, options.EventLog ? EmbeddedView.Of(folder.FullPath) : null));
        return result;
    }

    public void Dispose() => Close();

    private void Close()
    {
        if (closed) return;
        closed = true;
        progress.Dispose();
        try
        {
            eventWriter?.Complete();
            textWriter?.Complete();
        }
        finally
        {
            eventWriter?.Dispose();
            textWriter?.Dispose();
            texts?.Dispose();
            events?.Dispose();
        }
    }

    private void Mark(string kind, Instant now)
    {
        var number = ++seq;
        eventWriter?.Between(() => events?.Mark(number, kind, now));
        options.Live?.Mark(number, kind, now);
    }

    /// <summary>How much of the run is in the logs.</summary>
    private LogSummary SummarizeLogs()
    {
        var facts = Record.Facts;
        return new LogSummary
        {
            EventLog = KindOf(eventWriter, facts.LoggedPeers),
            SampledPeers = CountOf(facts.LoggedPeers),
            TextLogs = KindOf(textWriter, facts.PeersInText),
            PeersInText = CountOf(facts.PeersInText),
            Events = seq,
            EventsLogged = eventWriter?.Kept ?? 0,
        };

        string KindOf(WriterThread? writer, int? sampled) => ScenarioJson.WordOf(
            writer is null ? LogKind.None : sampled is null ? LogKind.Full : LogKind.Sampled);

        int? CountOf(int? sampled) => sampled is { } peers && facts.Plan is { } plan
            ? new PeerSample(peers, facts.MostPeers).CountIn(plan)
            : sampled;
    }

    private void WriteTables(RunMeasurements measurements, OverheadSummary? overhead)
    {
        using (var writer = new StreamWriter(folder["propagation.csv"]))
            CsvFiles.WritePropagation(writer, measurements.Propagation);
        if (overhead is not null)
        {
            using var writer = new StreamWriter(folder["overhead.csv"]);
            CsvFiles.WriteOverhead(writer, overhead);
        }

        using (var writer = new StreamWriter(folder["messages.csv"])) CsvFiles.WriteMessages(writer, measurements);
        using (var writer = new StreamWriter(folder["detection.csv"])) CsvFiles.WriteDetection(writer, measurements);
        if (measurements.Record.Metrics is { } metrics)
        {
            using var writer = new StreamWriter(folder["metrics.csv"]);
            CsvFiles.WriteMetrics(writer, metrics);
        }

        using var graph = File.Create(folder["overlay.graphml"]);
        GraphMlFile.Write(graph, measurements.EndOverlay, measurements.Record.Facts);
    }
}

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
    private readonly RunLogs? logs;
    private readonly WriterThread writer;
    private readonly EventSample? sample;
    private readonly bool isLogged;
    private long seq;
    private long logged;
    private RunCard? card;
    private bool closed;

    public RunRecording(RunFacts facts, RunFolder folder, RecordingOptions options, IRunProgress progress)
    {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
        Record = new RunRecord(facts);
        if (options.EventLog) events = new EventLog(File.Create(folder[EventLog.FileName]), facts);
        if (options.TextLogs) logs = new RunLogs(folder.FullPath, facts, options.WallBase, options.CompatLogs);
        isLogged = (events ?? (object?)logs) is not null;
        if (facts.LoggedPeers is not null) sample = new EventSample(facts);
        var followed = facts.Runtime == RuntimeKind.Tcp;
        writer = new WriterThread(Writers(), () =>
        {
            if (followed) logs?.FlushCombined();
        });
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
        Log(node, now, protocolEvent);
        options.Live?.Write(seq, node, now, protocolEvent);
        progress.Observe(Record, node, now, protocolEvent);
    }

    /// <summary>Logs that follow some of the peers hear all the same of everything, to choose from.</summary>
    public bool Wants(EventKind kind) => isLogged || options.Live is not null || Record.Wants(kind);

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
            writer.Complete();
        }
        finally
        {
            writer.Dispose();
            logs?.Dispose();
            events?.Dispose();
        }
    }

    private void Log(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        if (!isLogged || (sample is not null && !sample.Keeps(node, protocolEvent))) return;
        logged++;
        writer.Report(seq, node, now, protocolEvent);
    }

    private void Mark(string kind, Instant now)
    {
        var number = ++seq;
        writer.Between(() => events?.Mark(number, kind, now));
        options.Live?.Mark(number, kind, now);
    }

    /// <summary>How much of the run is in the logs.</summary>
    private LogSummary SummarizeLogs()
    {
        var facts = Record.Facts;
        var kind = options.EventLog
            ? facts.LoggedPeers is null ? EventLogKind.Full : EventLogKind.Sampled
            : EventLogKind.None;
        return new LogSummary
        {
            EventLog = ScenarioJson.WordOf(kind),
            SampledPeers = facts is { LoggedPeers: { } peers, Plan: { } plan }
                ? new PeerSample(peers, facts.MostPeers).CountIn(plan)
                : facts.LoggedPeers,
            Events = seq,
            EventsLogged = logged,
        };
    }

    private ILogWriter[] Writers() => (events, logs) switch
    {
        ({ } log, { } text) => [log, text],
        ({ } log, null) => [log],
        (null, { } text) => [text],
        _ => [],
    };

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

using System.Globalization;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The logs that people read: <c>outputfile.txt</c> of all nodes and the files of each process under <c>logs/</c>.
/// A line reads <c>[yyyy-MM-dd HH:mm:ss] [SEED:6000] INFO - text</c> (SOURCES S57).
/// </summary>
internal sealed class RunLogs : ITrace, ILogWriter, IDisposable
{
    /// <summary>Where simulated clocks begin, so that the logs of equal runs are equal.</summary>
    public static readonly DateTimeOffset SimulatedEpoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RunFacts facts;
    private readonly DateTimeOffset wallBase;
    private readonly LogWording wording;
    private readonly LogFile combined;
    private readonly CompatLogFiles perProcess;
    private readonly Document004? document004;
    private readonly Action<LogLevel, string>? echo;
    private readonly List<LogLine> lines = [];
    private readonly StringBuilder text = new();
    private byte[] bytes = new byte[1024];
    private long second = long.MinValue;
    private string secondText = "";

    /// <param name="echo">Gets every line as well, such as a screen.</param>
    public RunLogs(
        string directory, RunFacts facts, DateTimeOffset wallBase, IReadOnlyList<CompatLog> documents,
        Action<LogLevel, string>? echo = null)
    {
        this.echo = echo;
        this.facts = facts;
        this.wallBase = wallBase;
        wording = new LogWording(facts, wallBase);
        combined = new LogFile(Path.Combine(directory, "outputfile.txt"), bufferBytes: 64 * 1024);
        var folder = Directory.CreateDirectory(Path.Combine(directory, "logs"));
        perProcess = new CompatLogFiles(folder.FullName, facts, documents);
        if (documents.Contains(CompatLog.Doc004)) document004 = new Document004(wallBase);
        if (facts.PeersInText is { } some) Append(NodeAddress.None, Instant.Zero, LogWording.Sampled(some, facts));
    }

    /// <summary>Whether text logs have lines about such events.</summary>
    public static bool Has(EventKind kind) => kind != EventKind.GossipDuplicate;

    public void Write(long seq, NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        Report(node, now, protocolEvent);

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        if (!Has(protocolEvent.Kind)) return;
        if (protocolEvent.Kind == EventKind.ProcessStarted) perProcess.Start(node, WallTime(now));
        lines.Clear();
        wording.Write(node, now, protocolEvent, lines);
        foreach (var line in lines) Append(node, now, line);
        if (document004 is null) return;
        lines.Clear();
        document004.Write(node, now, protocolEvent, lines);
        foreach (var line in lines) perProcess.AppendOf004(node, Format(node, now, line));
    }

    /// <summary>
    /// Writes out what is buffered for <c>outputfile.txt</c>, so that it can be followed during a run.
    /// </summary>
    public void FlushCombined() => combined.Flush();

    public void Flush()
    {
        combined.Flush();
        perProcess.Flush();
    }

    public void Dispose() => Flush();

    private void Append(NodeAddress node, Instant now, in LogLine line)
    {
        var formatted = Format(node, now, line);
        echo?.Invoke(line.Level, text.ToString(0, text.Length - 1));
        combined.Append(formatted);
        if (!node.IsNone) perProcess.Append(node, formatted);
    }

    private ReadOnlySpan<byte> Format(NodeAddress node, Instant now, in LogLine line)
    {
        text.Clear().Append('[').Append(TimeText(now)).Append("] ").Append(NameOf(node)).Append(' ')
            .Append(LevelText(line.Level)).Append(" - ").Append(line.Text).Append('\n');
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > bytes.Length) bytes = new byte[most];
        var used = 0;
        foreach (var chunk in text.GetChunks()) used += Encoding.UTF8.GetBytes(chunk.Span, bytes.AsSpan(used));
        return bytes.AsSpan(0, used);
    }

    private string NameOf(NodeAddress node)
    {
        if (node.IsNone) return "[NETWORK]";
        return facts.SeedNodes.Contains(node) ? $"[SEED:{node.Port}]" : $"[PEER:{node.Port}]";
    }

    private string TimeText(Instant now)
    {
        var time = WallTime(now);
        if (time.ToUnixTimeSeconds() == second) return secondText;
        second = time.ToUnixTimeSeconds();
        return secondText = time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private DateTimeOffset WallTime(Instant now) => wallBase.AddTicks(now.Microseconds * TimeSpan.TicksPerMicrosecond);

    private static string LevelText(LogLevel level) => level switch
    {
        LogLevel.Info => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}

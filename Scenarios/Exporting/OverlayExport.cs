using System.Text;
using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Explaining;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Exporting;

/// <summary><c>export</c>: the overlay of a stored run in a format that other programs read.</summary>
internal static class OverlayExport
{
    private const string OverlayName = "overlay.graphml";
    private const string SummaryName = "summary.json";

    /// <summary>Files that a run of each format makes, when they are not named.</summary>
    public static string NameOf(ExportFormat format) => format switch
    {
        ExportFormat.GraphMl => "export.graphml",
        ExportFormat.Gexf => "export.gexf",
        ExportFormat.Dot => "export.dot",
        ExportFormat.Csv => "export.csv",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <param name="folder">Of the run.</param>
    /// <exception cref="UsageException">The folder does not have what the format needs.</exception>
    public static ExportedOverlay Read(string folder, ExportFormat format)
    {
        var overlay = ReadLog(Path.Combine(folder, EventLog.FileName), out var why);
        if (format == ExportFormat.Gexf)
            return overlay ?? throw new UsageException(
                $"{why}; only a run with outputs.eventLog \"full\" can be exported as gexf, which is about its whole "
                + "time; graphml, dot and csv take the overlay at its end");
        if (overlay is not null) return overlay.AtEnd();
        var stored = Path.Combine(folder, OverlayName);
        if (!File.Exists(stored))
            throw new UsageException($"{why}, and there is no {OverlayName} either: this is no folder of a run");
        return StoredOverlay.Read(stored, DescriptionIn(folder)) with
        {
            Missing = $"{why}: peers and links are those of {OverlayName}, without their times",
        };
    }

    public static void Write(TextWriter output, ExportedOverlay overlay, ExportFormat format)
    {
        switch (format)
        {
            case ExportFormat.GraphMl:
                XmlGraphs.WriteGraphMl(output, overlay);
                break;
            case ExportFormat.Gexf:
                XmlGraphs.WriteGexf(output, overlay);
                break;
            case ExportFormat.Dot:
                TextGraphs.WriteDot(output, overlay);
                break;
            case ExportFormat.Csv:
                TextGraphs.WriteLinks(output, overlay);
                break;
        }
    }

    /// <summary>The files of a format: a table of links has one of the peers beside it.</summary>
    public static IReadOnlyList<string> FilesAt(string path, ExportFormat format) => format != ExportFormat.Csv
        ? [path]
        :
        [
            path,
            Path.Combine(
                Path.GetDirectoryName(path)!,
                $"{Path.GetFileNameWithoutExtension(path)}.peers{Path.GetExtension(path)}"),
        ];

    /// <returns>The files that were written.</returns>
    /// <exception cref="EnvironmentException">A file cannot be written.</exception>
    public static IReadOnlyList<string> WriteFiles(string path, ExportedOverlay overlay, ExportFormat format)
    {
        var files = FilesAt(path, format);
        WriteFile(files[0], links => Write(links, overlay, format));
        if (format == ExportFormat.Csv) WriteFile(files[1], peers => TextGraphs.WritePeers(peers, overlay));
        return files;
    }

    private static void WriteFile(string path, Action<TextWriter> write)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
            write(writer);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write {path}: {wrong.Message}");
        }
    }

    /// <summary>Null where the log is not there or does not follow everybody, which is told.</summary>
    private static ExportedOverlay? ReadLog(string path, out string why)
    {
        why = $"there is no {EventLog.FileName}";
        if (!File.Exists(path)) return null;
        var (overlay, facts) = StoredLog.Read(path, log => (
            log.Facts.LoggedPeers is null ? LoggedOverlay.Of(RunHistory.Read(log)) : null, log.Facts));
        why = $"{EventLog.FileName} follows about {facts.LoggedPeers} of {facts.MostPeers} peers";
        return overlay;
    }

    private static string DescriptionIn(string folder)
    {
        var summary = Path.Combine(folder, SummaryName);
        if (!File.Exists(summary)) return Path.GetFileName(folder);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(summary));
            var root = json.RootElement;
            return $"{root.GetProperty("scenario").GetString()}, random seed {root.GetProperty("randomSeed")}, "
                + root.GetProperty("runtime").GetString();
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"{SummaryName} in {folder} is not what a run writes: {wrong.Message}");
        }
    }
}

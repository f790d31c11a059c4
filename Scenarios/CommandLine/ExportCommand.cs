using System.CommandLine;
using GossipSim.Scenarios.Exporting;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>export</c>: the overlay of a stored run for Gephi, networkx, Graphviz or a spreadsheet.</summary>
internal static class ExportCommand
{
    public const string Name = "export";

    private const string Stdout = "-";

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> run = StoredRun.CreateArgument();
        var format = new Option<string>("--format")
        {
            Description = "graphml, dot and csv: the overlay at the end. gexf: the whole run, each peer and link with "
                + "the times at which it was there.",
            HelpName = string.Join('|', Words),
            Required = true,
        };
        var output = new Option<string?>("--output")
        {
            Description = "Where to write, - is stdout; without it a file in the folder of the run. csv makes a second "
                + "file beside it, with the peers. What is there is not overwritten.",
            HelpName = "FILE",
        };
        var command = new Command(Name, "Write a run's overlay in a format that other programs read.")
        {
            run, format, output,
        };
        command.SetAction(parsed => Export(
            new StoredRun(terminal, library).FolderOf(parsed.GetValue(run)!), FormatOf(parsed.GetValue(format)!),
            parsed.GetValue(output), terminal, library));
        return command;
    }

    private static IEnumerable<string> Words =>
        Enum.GetValues<ExportFormat>().Select(format => format.ToString().ToLowerInvariant());

    private static ExportFormat FormatOf(string word) =>
        Words.Contains(word.ToLowerInvariant()) && Enum.TryParse(word, ignoreCase: true, out ExportFormat format)
            ? format
            : throw new UsageException(
                $"--format: found \"{word}\", allowed are {string.Join(", ", Words)}"
                + Suggestion.DidYouMean(word, Words));

    private static void Export(
        string folder, ExportFormat format, string? output, Terminal terminal, ScenarioLibrary library)
    {
        ExportedOverlay overlay = OverlayExport.Read(folder, format);
        terminal.Note(overlay.Missing);
        if (output == Stdout)
        {
            OverlayExport.Write(terminal.Output, overlay, format);
            return;
        }

        string path = output is null
            ? Path.Combine(folder, OverlayExport.NameOf(format))
            : library.FromCurrentDirectory(output);
        if (Directory.Exists(path))
            throw new UsageException($"--output: \"{output}\" is a folder; name a file in it");
        // Those in the folder of the run are the program's own.
        if (output is not null)
            foreach (string file in OverlayExport.FilesAt(path, format)) OutputFile.RequireNew(file);
        foreach (string file in OverlayExport.WriteFiles(path, overlay, format))
            terminal.Output.WriteLine(file);
    }
}

using System.CommandLine;
using GossipSim.Analysis;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Graphs;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// <c>analyze</c>, and <c>analyze degrees</c>: is a list of integers, such as the degrees of an overlay, a power law?
/// </summary>
internal static class AnalyzeCommand
{
    public const string Name = "analyze";

    public const string DegreesName = "degrees";

    private const int DefaultReplicates = 1000;

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        var command = new Command(Name, "Measure a stored run again from its event log; or statistics of a file.")
        {
            Degrees(terminal, library), AnalyzeGraphCommand.Create(terminal, library),
        };
        AnalyzeRunCommand.AddTo(command, terminal, library);
        return command;
    }

    private static Command Degrees(Terminal terminal, ScenarioLibrary library)
    {
        var file = new Argument<string>("file")
        {
            Description = "Whole numbers, one a line; may be packed with gzip; - reads standard input.",
        };
        var pairs = new Option<bool>("--pairs")
        {
            Description = "Two columns without names: each value, and how often it occurs.",
        };
        Option<bool> json = JsonOption.Create("Print the analysis as JSON.");
        var command = new Command(DegreesName, "Fit a discrete power law to a list of whole numbers, and judge it.")
        {
            file, pairs, json,
        };
        FitOptions fit = FitOptions.AddTo(command, DefaultReplicates);
        command.SetAction(parsed =>
        {
            PowerLawOptions fitting = fit.Read(parsed);
            string named = parsed.GetValue(file)!;
            DegreeList list = named == GraphFile.Stdin
                ? DegreeList.Read(terminal.OpenInput(), "standard input", parsed.GetValue(pairs))
                : DegreeList.ReadFile(library.FromCurrentDirectory(named), named, parsed.GetValue(pairs));
            PowerLawAnalysis analysis = PowerLaw.Analyze([.. list.Values], fitting);
            if (parsed.GetValue(json))
            {
                JsonOption.WriteLine(terminal, JsonOption.With(analysis, "notes", list.Notes));
                return;
            }

            DegreeTables.Draw(analysis, terminal);
            foreach (string note in list.Notes) terminal.Output.WriteLine(note);
        });
        return command;
    }
}

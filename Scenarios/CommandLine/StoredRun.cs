using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>The stored run that a command reads, found in the same way by all commands.</summary>
internal sealed class StoredRun(Terminal terminal, ScenarioLibrary library)
{
    private const string Results = "results";

    /// <summary>Where a command is given no run.</summary>
    public const string Latest = Results + "/" + LatestRun.Name;

    /// <param name="also">What else the command takes.</param>
    public static Argument<string> CreateArgument(string also = "") => new("run")
    {
        Description = $"The folder of a run, or its name in {Results}{also}.",
        HelpName = "run",
        DefaultValueFactory = _ => Latest,
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <exception cref="UsageException">There is no such folder.</exception>
    public string FolderOf(string named)
    {
        if (Find(named) is { } folder) return folder;
        bool isFile = File.Exists(library.FromCurrentDirectory(named));
        throw new UsageException(
            (isFile ? $"\"{named}\" is a file" : $"no run \"{named}\"")
            + $"; allowed is the folder of a run, such as {Latest}");
    }

    /// <summary>
    /// As given, or else below the results. A note goes to stderr when another run is the latest than the one that
    /// <c>latest</c> names.
    /// </summary>
    /// <returns>Null when there is no such folder.</returns>
    public string? Find(string named) =>
        FindAt(library.FromCurrentDirectory(named))
        ?? FindAt(library.FromCurrentDirectory(Path.Combine(Results, named)));

    private string? FindAt(string place)
    {
        string path = Path.TrimEndingDirectorySeparator(place);
        if (Path.GetFileName(path) != LatestRun.Name) return Directory.Exists(path) ? path : null;
        if (LatestRun.Find(Path.GetDirectoryName(path)!) is not { } found) return null;
        terminal.Note(found.Note);
        return found.Folder;
    }
}

using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>Finds the folder of a run that a command names.</summary>
internal static class StoredRun
{
    /// <summary>Of the run that ended last, where nobody says otherwise.</summary>
    public const string LatestFolder = "results/latest";

    private const string Latest = "latest";

    /// <exception cref="UsageException">There is no such folder.</exception>
    public static string FolderOf(string named, ScenarioLibrary library)
    {
        string path = PathOf(named, library);
        return Directory.Exists(path)
            ? path
            : throw new UsageException(File.Exists(path)
                ? $"\"{named}\" is a file; allowed is the folder of a run, such as results/latest"
                : $"no run \"{named}\"; allowed is the folder of a run, such as results/latest");
    }

    /// <summary>Where links cannot be made, results/latest is a file with the name of the folder beside it.</summary>
    public static string PathOf(string named, ScenarioLibrary library)
    {
        string path = library.FromCurrentDirectory(named);
        return File.Exists(path) && Path.GetFileName(path) == Latest
            ? Path.Combine(Path.GetDirectoryName(path)!, File.ReadAllText(path).Trim())
            : path;
    }
}

using System.Globalization;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The folder of one run, <c>yyyyMMdd-HHmmss_name_sRandomSeed</c>, with a suffix when a run of the same second took
/// the name. <see cref="LatestRun"/> leads to it once it has begun.
/// </summary>
internal sealed class RunFolder
{
    private bool hasBegun;

    private RunFolder(string path, DateTimeOffset startedAt) => (FullPath, StartedAt) = (path, startedAt);

    public string FullPath { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Why <c>latest</c> does not lead here, once the run has begun; null when it does.</summary>
    public string? LatestProblem { get; private set; }

    public string this[string name] => Path.Combine(FullPath, name);

    /// <param name="parent">The results folder; made when it is not there.</param>
    /// <param name="ending">What the name ends with, where a folder is not that of a single run.</param>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static RunFolder Create(
        string parent, DateTimeOffset startedAt, string scenario, long randomSeed, string ending = "")
    {
        Directory.CreateDirectory(parent);
        var stem = string.Create(
            CultureInfo.InvariantCulture, $"{startedAt:yyyyMMdd-HHmmss}_{Safe(scenario)}_s{randomSeed}{ending}");
        for (var attempt = 1; ; attempt++)
        {
            var name = attempt == 1 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}_{attempt}");
            var path = Path.Combine(Path.GetFullPath(parent), name);
            if (TryClaim(parent, path)) return new RunFolder(path, startedAt);
        }
    }

    /// <summary>
    /// The run has all it needs, such as its ports: from now on this is the latest one. A folder is made before that,
    /// since processes need it for their disks.
    /// </summary>
    public void Begin()
    {
        hasBegun = true;
        LatestProblem = LatestRun.Set(FullPath, StartedAt);
    }

    /// <summary>Of a run that never began there is nothing to keep.</summary>
    public void DiscardUnlessBegun()
    {
        if (!hasBegun && Directory.Exists(FullPath)) Directory.Delete(FullPath, recursive: true);
    }

    // Making a folder that exists is no error to the system; moving onto one is, so two runs cannot share a name.
    private static bool TryClaim(string parent, string path)
    {
        if (Path.Exists(path)) return false;
        var draft = Path.Combine(parent, $".{Guid.NewGuid():N}");
        Directory.CreateDirectory(draft);
        // Moving a folder onto an empty one succeeds on Unix; with a file in each only the first
        // of two drafts gets the name.
        File.WriteAllText(Path.Combine(draft, "run.json"), "{}\n");
        try
        {
            Directory.Move(draft, path);
            return true;
        }
        catch (IOException) when (Path.Exists(path))
        {
            Directory.Delete(draft, recursive: true);
            return false;
        }
    }

    private static string Safe(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
}

using System.Globalization;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The folder of one run, <c>yyyyMMdd-HHmmss_name_sRandomSeed</c>, with a suffix when a run of the same second took
/// the name, and <c>latest</c> beside it, which leads to the last run that began.
/// </summary>
internal sealed class RunFolder
{
    private bool hasBegun;

    private RunFolder(string path, DateTimeOffset startedAt) => (FullPath, StartedAt) = (path, startedAt);

    public string FullPath { get; }

    public DateTimeOffset StartedAt { get; }

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
        PointLatestAt(Path.GetDirectoryName(FullPath)!, Path.GetFileName(FullPath));
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

    private static void PointLatestAt(string parent, string name)
    {
        var latest = Path.Combine(parent, "latest");
        try
        {
            if (new FileInfo(latest) is { LinkTarget: not null } or { Exists: true }) File.Delete(latest);
            Directory.CreateSymbolicLink(latest, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            WriteLatestAsText(latest, name);
        }
    }

    // Some systems and users may not make links: a text file with the name then says the same. A convenience that
    // fails must not end a run, as when somebody made a folder called "latest".
    private static void WriteLatestAsText(string latest, string name)
    {
        try
        {
            if (!Directory.Exists(latest)) File.WriteAllText(latest, name + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static string Safe(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-'));
}

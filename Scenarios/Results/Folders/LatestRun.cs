using System.Globalization;
using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// <c>latest</c> in a folder of results: a link to the run that started last, or a text file with its name where links
/// cannot be made. Copying and version control turn it into other things, so the start times of the runs have the last
/// word about which run is the latest.
/// </summary>
internal static partial class LatestRun
{
    public const string Name = "latest";

    /// <summary>Our choice: more than the runs that begin at one moment and replace each other's link.</summary>
    private const int MostAttempts = 100;

    /// <summary>In bytes. The name of a run is shorter.</summary>
    private const int LongestText = 512;

    /// <summary>
    /// Points it at a run, unless the run that it points at started later. What this program did not make is left as it
    /// is.
    /// </summary>
    /// <param name="run">The full path of the run's folder.</param>
    /// <param name="makeLink">Makes a symbolic link: where, and to what.</param>
    /// <returns>Why it could not be set; null when all is well.</returns>
    public static string? Set(string run, DateTimeOffset startedAt, Action<string, string>? makeLink = null)
    {
        var results = Path.GetDirectoryName(run)!;
        var path = Path.Combine(results, Name);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var pointer = Pointer.Read(results);
            if (pointer.Obstacle is { } obstacle)
                return NotSet(path, $"it is {obstacle}, which gossipsim did not make");
            if (pointer.Run is { } other && RunCard.StartIn(other) > startedAt) return null;
            try
            {
                if (pointer.Run is not null) DeletePointer(path);
                if (makeLink is null) Directory.CreateSymbolicLink(path, Path.GetFileName(run));
                else makeLink(path, Path.GetFileName(run));
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
            {
                // Another run was faster, or links cannot be made here: the two cannot be told apart.
            }
        }

        return WriteText(path, Path.GetFileName(run));
    }

    /// <summary>The run that started last, and what a user must know about how it was found.</summary>
    /// <returns>Null when there is no run.</returns>
    public static FoundRun? Find(string results)
    {
        var path = Path.Combine(results, Name);
        var pointer = Pointer.Read(results);
        var pointed = Directory.Exists(pointer.Run) ? pointer.Run : null;
        if (Newest(results) is not { } newest)
            return pointed is null && !Directory.Exists(path) ? null : new FoundRun(pointed ?? path);
        if (pointed is not null && !(RunCard.StartIn(pointed) < newest.Start)) return new FoundRun(pointed);
        if (newest.Folder == path && newest.IsOnly) return new FoundRun(path);
        return new FoundRun(newest.Folder, string.Create(
            CultureInfo.InvariantCulture,
            $"{path} {Reason(pointer, pointed)}; the newest run there is taken: {Path.GetFileName(newest.Folder)},"
            + $" started {newest.Start:yyyy-MM-dd HH:mm:ss}"));
    }

    private static string Reason(Pointer pointer, string? pointed) => pointer switch
    {
        { Obstacle: { } obstacle } => $"is {obstacle}, not the link that gossipsim makes",
        { Run: null } => "is not there",
        { Run: { } run } => $"leads to {Path.GetFileName(run)}, "
            + (pointed is null ? "which is not there" : "which started earlier"),
    };

    private static (string Folder, DateTimeOffset Start, bool IsOnly)? Newest(string results)
    {
        if (!Directory.Exists(results)) return null;
        // Of a run and its copy, which started at the same time, the run itself.
        var runs = Directory.GetDirectories(results)
            .Where(folder => new DirectoryInfo(folder).LinkTarget is null)
            .Select(folder => (Folder: folder, Start: RunCard.StartIn(folder)))
            .Where(run => run.Start is not null)
            .OrderByDescending(run => run.Start)
            .ThenBy(run => Path.GetFileName(run.Folder) == Name)
            .ThenByDescending(run => run.Folder, StringComparer.Ordinal)
            .ToList();
        return runs.Count == 0 ? null : (runs[0].Folder, runs[0].Start!.Value, runs.Count == 1);
    }

    // On Windows a link to a folder is deleted as a folder.
    private static void DeletePointer(string path)
    {
        if (OperatingSystem.IsWindows() && File.GetAttributes(path).HasFlag(FileAttributes.Directory))
            Directory.Delete(path);
        else File.Delete(path);
    }

    private static string? WriteText(string path, string run)
    {
        try
        {
            using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
            file.Write(run + "\n");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NotSet(path, e.Message.TrimEnd('.'));
        }
    }

    private static string NotSet(string path, string reason) =>
        $"{path} does not lead to this run: {reason}. Commands that are given no run take the newest one there.";

    [GeneratedRegex(@"^\d{8}-\d{6}_[A-Za-z0-9._-]+$")]
    private static partial Regex RunName();

    /// <summary>What stands at <c>latest</c>; nothing, when both are null.</summary>
    /// <param name="Run">Full path of the run that it names, which may be gone; null when others made it.</param>
    /// <param name="Obstacle">In words, what else it is.</param>
    private readonly record struct Pointer(string? Run, string? Obstacle)
    {
        /// <summary>What the attributes of a path are where there is nothing.</summary>
        private const FileAttributes Absent = (FileAttributes)(-1);

        public static Pointer Read(string results)
        {
            var file = new FileInfo(Path.Combine(results, Name));
            try
            {
                // Looked at once: another run may replace the link meanwhile.
                var attributes = file.Attributes;
                if (attributes == Absent) return default;
                if (attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    if (file.LinkTarget is not { } target) return default;
                    return RunIn(results, target) is { } run ? new(run, null) : new(null, $"a link to {target}");
                }

                if (attributes.HasFlag(FileAttributes.Directory)) return new(null, "a folder");
                var named = file.Length > LongestText ? null : RunIn(results, File.ReadAllText(file.FullName).Trim());
                return new(named, named is null ? "a file with other text" : null);
            }
            catch (FileNotFoundException)
            {
                return default;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return new(null, "not readable");
            }
        }

        private static string? RunIn(string results, string named)
        {
            var name = Path.GetFileName(named);
            return RunName().IsMatch(name) && Path.GetFullPath(named, Path.GetFullPath(results)) is var full
                && full == Path.Combine(Path.GetFullPath(results), name) ? full : null;
        }
    }
}

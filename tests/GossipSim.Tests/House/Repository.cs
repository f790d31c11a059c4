using System.ComponentModel;
using System.Diagnostics;

namespace GossipSim.Tests.House;

/// <summary>Where the sources are: the tests run from a build folder below the solution.</summary>
internal static class Repository
{
    private static readonly string[] built = ["bin", "obj", "results"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths below the root, with forward slashes; nothing that a build or a run wrote.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part.StartsWith('.') || built.Contains(part)))
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// What git keeps, as paths below the root with forward slashes; null where there is no git or no repository, as in
    /// an unpacked archive.
    /// </summary>
    public static IReadOnlyList<string>? TrackedFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z"])
        {
            WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            return git.ExitCode == 0 && files.Length > 0 ? files : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GossipSim.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("no GossipSim.sln above the tests");
    }
}

using System.Reflection;

namespace GossipSim.Scenarios.Results;

/// <summary>Which version of the program ran: its number, and the commit where one can be known.</summary>
internal static class SourceCommit
{
    public static string Version => InformationalVersion.Split('+')[0];

    private static string InformationalVersion =>
        typeof(SourceCommit).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    /// <summary>
    /// The commit that the build stamped into the program; else what the repository around it points at; else null.
    /// </summary>
    public static string? Find(string directory)
    {
        var stamped = InformationalVersion.Split('+');
        if (stamped.Length == 2) return stamped[1];
        for (var at = new DirectoryInfo(directory); at is not null; at = at.Parent)
        {
            var git = Path.Combine(at.FullName, ".git");
            if (!Path.Exists(git)) continue;
            try
            {
                return ReadHead(git);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return null;
    }

    private static string? ReadHead(string git)
    {
        // In a linked worktree ".git" is a file that names the real folder, and branches are kept in the common one.
        if (File.Exists(git)) git = Path.Combine(Path.GetDirectoryName(git)!, After(File.ReadAllText(git), "gitdir:"));
        var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
        if (!head.StartsWith("ref:", StringComparison.Ordinal)) return head;
        var branch = After(head, "ref:");
        var common = Path.Combine(git, "commondir");
        if (File.Exists(common)) git = Path.GetFullPath(Path.Combine(git, File.ReadAllText(common).Trim()));
        var loose = Path.Combine(git, branch);
        if (File.Exists(loose)) return File.ReadAllText(loose).Trim();
        var packed = Path.Combine(git, "packed-refs");
        if (!File.Exists(packed)) return null;
        var line = File.ReadLines(packed).FirstOrDefault(l => l.EndsWith(" " + branch, StringComparison.Ordinal));
        return line?.Split(' ')[0];
    }

    private static string After(string text, string prefix) => text[(text.IndexOf(':') + 1)..].Trim() is var rest
        && text.StartsWith(prefix, StringComparison.Ordinal) ? rest : throw new IOException($"expected {prefix}");
}

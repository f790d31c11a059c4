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

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GossipSim.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("no GossipSim.sln above the tests");
    }
}

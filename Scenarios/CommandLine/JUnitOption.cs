using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.JUnit;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>--junit</c>: what was judged, as a file that CI servers show.</summary>
internal static class JUnitOption
{
    public const string Name = "--junit";

    public static Option<string?> Create() => new(Name)
    {
        Description = "Write what was judged as JUnit XML, which CI servers show, to this file.",
        HelpName = "FILE",
    };

    /// <returns>Full path of the file, checked before anything runs; null when none is wanted.</returns>
    public static string? Read(ParseResult parsed, Option<string?> option, ScenarioLibrary library)
    {
        if (parsed.GetValue(option) is not { } file) return null;
        if (file.Length == 0) throw new UsageException($"{Name}: found nothing, allowed is the name of a file");
        string path = library.FromCurrentDirectory(file);
        JUnitFile.RequireOurs(path, Name);
        return path;
    }
}

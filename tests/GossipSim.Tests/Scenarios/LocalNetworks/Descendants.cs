using System.Globalization;

namespace GossipSim.Tests.Scenarios.LocalNetworks;

/// <summary>The processes that a process started, as Linux tells them.</summary>
internal static class Descendants
{
    public static int[] Of(int parent) =>
    [
        .. Directory.GetDirectories("/proc").Select(path => Path.GetFileName(path))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(name => int.Parse(name, CultureInfo.InvariantCulture)).Where(id => ParentOf(id) == parent),
    ];

    /// <summary>Whether it runs, or could go on.</summary>
    public static bool IsAlive(int id) => Fields(id) is [var state, ..] && state is not ("Z" or "X");

    private static int ParentOf(int id) =>
        Fields(id) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    /// <summary>proc(5): after the name in parentheses come the state and the parent.</summary>
    private static string[] Fields(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];   // it has ended meanwhile
        }
    }
}

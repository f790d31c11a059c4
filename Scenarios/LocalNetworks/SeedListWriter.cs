using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>The generated config.txt (SOURCES S41), with which other nodes find the network.</summary>
internal static class SeedListWriter
{
    private const string FirstLine = "# Seed nodes, written by gossipsim; do not edit while the network runs.";

    /// <exception cref="UsageException">There is such a file that somebody else wrote.</exception>
    /// <param name="instead">What somebody else's file asks for.</param>
    public static void Write(string path, IEnumerable<NodeAddress> seedNodes, Func<string, string> instead)
    {
        try
        {
            if (File.Exists(path) && !IsOurs(path))
            {
                var name = Path.GetFileName(path);
                throw new UsageException(
                    $"{name} is there already and not written by this program; {instead(name)}");
            }

            File.WriteAllLines(path, [FirstLine, .. seedNodes.Select(node => node.ToString())]);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new EnvironmentException($"cannot write {path}: {wrong.Message}");
        }
    }

    /// <summary>No more is read than needs be: a device may have no line end.</summary>
    private static bool IsOurs(string path)
    {
        using var text = new StreamReader(path);
        var start = new char[FirstLine.Length];
        return text.ReadBlock(start) == start.Length && start.AsSpan().SequenceEqual(FirstLine);
    }
}

using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.LocalNetworks;

/// <summary>The generated config.txt (SOURCES S41), with which other nodes find the network.</summary>
internal static class SeedListWriter
{
    private const string FirstLine = "# Seed nodes, written by gossipsim; do not edit while the network runs.";

    /// <exception cref="UsageException">There is such a file that somebody else wrote.</exception>
    public static void Write(string path, IEnumerable<NodeAddress> seedNodes)
    {
        try
        {
            if (File.Exists(path) && !IsOurs(path))
            {
                throw new UsageException(
                    $"{Path.GetFileName(path)} is there already and not written by this program: name another with"
                    + " --config, or join its seed nodes with up 0 PEERS");
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

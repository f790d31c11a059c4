using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Running;

/// <summary>From what a scenario says of security to keys: those of a folder, or some made for the run.</summary>
internal static class RunSecurity
{
    /// <param name="own">The nodes that run here, whose keys must be there.</param>
    /// <returns>Null: no security. The keys belong to the caller.</returns>
    /// <exception cref="UsageException">The folder's keys are wrong.</exception>
    /// <exception cref="EnvironmentException">They cannot be read.</exception>
    public static NetworkSecurity? Of(
        Scenario scenario, IReadOnlyList<NodeAddress> seedNodes, IReadOnlyList<NodeAddress> own)
    {
        if (scenario.Security.Mode == SecurityMode.None) return null;
        if (scenario.Security.Keys is not { } folder)
            return With(ClusterKeys.Generate(scenario.Name, seedNodes), scenario);
        return InWords(() => With(new KeyFolder(folder).Load(own, seedNodes), scenario));
    }

    public static NetworkSecurity? With(ClusterKeys? keys, Scenario scenario) =>
        keys is null ? null : new NetworkSecurity(scenario.Security.Mode, keys, scenario.Security.PeerLinks);

    /// <summary>How the nodes sign that have these keys; null where nothing is signed.</summary>
    public static SigningRules? SigningOf(NetworkSecurity? security, SeedNodeOptions seedNode) => security is null
        ? null
        : new SigningRules(
            security.Keys.Trust.Cluster, seedNode.SeedNodes, seedNode.QuorumSize, new NodeSignatures(security.Keys));

    /// <summary>Reads the certificate of a seed node whose address was found late.</summary>
    /// <returns>Why its votes could not be checked; null when they can, or nothing is signed.</returns>
    public static string? WhyNotMet(Scenario scenario, ClusterKeys? keys, NodeAddress seedNode)
    {
        if (keys is null || scenario.Security.Keys is not { } folder) return null;
        try
        {
            new KeyFolder(folder).Meet(keys.Trust, seedNode);
            return null;
        }
        catch (KeyFileException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>Follows changes of the folder's shared keys, where there is one.</summary>
    public static KeyWatch? Watch(Scenario scenario, ClusterKeys keys, Action<string> tell) =>
        scenario.Security.Keys is { } folder ? new KeyWatch(new KeyFolder(folder), keys.Shared, tell) : null;

    public static void InWords(Action use) => InWords(() =>
    {
        use();
        return true;
    });

    public static T InWords<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (KeyFileException wrong) when (wrong.IsMistake)
        {
            throw new UsageException(wrong.Message);
        }
        catch (KeyFileException wrong)
        {
            throw new EnvironmentException(wrong.Message);
        }
    }
}

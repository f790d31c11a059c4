using GossipSim.RealNet;

namespace GossipSim.Tests.RealNet;

/// <summary>An internal error at a node: nobody needs to wait for anything else then.</summary>
internal static class BrokenRun
{
    /// <returns>False, so that conditions can begin with it.</returns>
    public static bool ThrowIfBroken(this IHostedNetwork network)
    {
        if (network.Broken.IsCompletedSuccessfully)
            throw new InvalidOperationException($"{network.Broken.Result.Node} failed", network.Broken.Result.Error);
        return network.Counters.InternalErrors == 0
            ? false
            : throw new InvalidOperationException($"{network.Counters.InternalErrors} internal errors");
    }
}

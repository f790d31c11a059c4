using GossipSim.RealNet;

namespace GossipSim.Tests.RealNet;

/// <summary>A node that threw: nobody needs to wait for anything else then.</summary>
internal static class BrokenRun
{
    /// <returns>False, so that conditions can begin with it.</returns>
    public static bool ThrowIfBroken(this IHostedNetwork network) => network.Broken.IsCompletedSuccessfully
        ? throw new InvalidOperationException($"{network.Broken.Result.Node} failed", network.Broken.Result.Error)
        : false;
}

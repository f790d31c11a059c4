namespace GossipSim.Scenarios.Files;

/// <summary>What the parameters of a distribution allow each other to be.</summary>
internal static class DistributionRules
{
    /// <param name="path">Of the key that holds the distribution.</param>
    public static void Check(DistributionSettings settings, string path, ProblemList problems)
    {
        if (settings is UniformSettings uniform)
        {
            problems.Require(
                uniform.From <= uniform.To, path + ".from",
                $"found {uniform.From}, allowed is at most to, {uniform.To}");
        }
    }
}

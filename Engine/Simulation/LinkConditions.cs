namespace GossipSim.Engine.Simulation;

/// <summary>
/// In which condition each link is, in one direction: what holds for the whole run and the impairments of the moment.
/// Changed by events of the world only, and only read while nodes act. Each effect is looked up by itself, and one
/// that no impairment has costs nothing.
/// </summary>
public sealed class LinkConditions(double lossProbability, long bytesPerSecond)
{
    private readonly List<(string FaultId, Impairment Impairment, StruckLinks Links)> active = [];
    private StruckLinks[] cuts = [];
    private Effect[] losses = [];
    private Effect[] delays = [];
    private Effect[] bandwidths = [];
    private Effect[] corruptions = [];
    private Effect[] duplications = [];
    private Effect[] reorderings = [];

    /// <param name="Amount">A chance, microseconds, or bytes per second.</param>
    private readonly record struct Effect(StruckLinks Links, double Amount);

    /// <summary>Whether nothing at all is wrong with any link.</summary>
    public bool AreNone => active.Count == 0 && lossProbability == 0 && bytesPerSecond == 0;

    public bool MayDisorder => corruptions.Length + duplications.Length + reorderings.Length > 0;

    /// <summary>A fault that is known already is another one from now on.</summary>
    public void Add(string faultId, Impairment impairment, StruckLinks links)
    {
        active.RemoveAll(known => known.FaultId == faultId);
        active.Add((faultId, impairment, links));
        Sort();
    }

    public void Remove(string faultId)
    {
        if (active.RemoveAll(known => known.FaultId == faultId) > 0) Sort();
    }

    public bool IsCut(int from, int to)
    {
        foreach (var links in cuts)
            if (links.Contains(from, to)) return true;
        return false;
    }

    public double LossProbability(int from, int to) => Chance(losses, from, to, lossProbability);

    public double CorruptProbability(int from, int to) => Chance(corruptions, from, to);

    public double DuplicateProbability(int from, int to) => Chance(duplications, from, to);

    public double ReorderProbability(int from, int to) => Chance(reorderings, from, to);

    /// <summary>In microseconds, one way.</summary>
    public long AddedLatency(int from, int to)
    {
        var added = 0L;
        foreach (var delay in delays)
            if (delay.Links.Contains(from, to)) added += (long)delay.Amount;
        return added;
    }

    /// <summary>0 where nothing limits it.</summary>
    public long BytesPerSecond(int from, int to)
    {
        var smallest = bytesPerSecond;
        foreach (var bandwidth in bandwidths)
        {
            if (!bandwidth.Links.Contains(from, to)) continue;
            smallest = smallest == 0 ? (long)bandwidth.Amount : Math.Min(smallest, (long)bandwidth.Amount);
        }

        return smallest;
    }

    /// <summary>Several causes are independent of each other.</summary>
    private static double Chance(Effect[] effects, int from, int to, double always = 0)
    {
        if (effects.Length == 0) return always;
        var spared = 1 - always;
        foreach (var effect in effects)
            if (effect.Links.Contains(from, to)) spared *= 1 - effect.Amount;
        return 1 - spared;
    }

    private void Sort()
    {
        cuts = [.. active.Where(fault => fault.Impairment.Cuts).Select(fault => fault.Links)];
        losses = With(impairment => impairment.LossProbability);
        delays = With(impairment => impairment.AddedLatency.TotalMicroseconds);
        bandwidths = With(impairment => impairment.BytesPerSecond);
        corruptions = With(impairment => impairment.CorruptProbability);
        duplications = With(impairment => impairment.DuplicateProbability);
        reorderings = With(impairment => impairment.ReorderProbability);
    }

    private Effect[] With(Func<Impairment, double> amount) =>
        [.. active.Where(fault => amount(fault.Impairment) > 0)
            .Select(fault => new Effect(fault.Links, amount(fault.Impairment)))];
}

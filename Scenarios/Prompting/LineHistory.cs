namespace GossipSim.Scenarios.Prompting;

/// <summary>The lines of before, through which the arrow keys go; what is being typed waits at its end.</summary>
internal sealed class LineHistory
{
    /// <summary>Our choice, as most shells.</summary>
    private const int Most = 500;

    private readonly List<string> lines = [];
    private int place;
    private string draft = "";

    public void Add(string line)
    {
        if (line.Trim().Length > 0 && (lines.Count == 0 || lines[^1] != line)) lines.Add(line);
        if (lines.Count > Most) lines.RemoveAt(0);
        place = lines.Count;
        draft = "";
    }

    /// <summary>The line that many steps later (or earlier, below 0); null at either end.</summary>
    public string? Go(int steps, string typed)
    {
        int wanted = place + steps;
        if (wanted < 0 || wanted > lines.Count) return null;
        if (place == lines.Count) draft = typed;
        place = wanted;
        return place == lines.Count ? draft : lines[place];
    }
}

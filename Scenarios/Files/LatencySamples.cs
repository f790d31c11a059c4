using System.Globalization;

namespace GossipSim.Scenarios.Files;

/// <summary>Reads measured latencies in milliseconds, one a line; blank lines and # comments are skipped.</summary>
internal static class LatencySamples
{
    public static IReadOnlyList<double> Parse(string text, string source)
    {
        var samples = new List<double>();
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].Trim();
            if (line.Length == 0 || line.StartsWith('#'))
                continue;

            bool isNumber = double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
            if (!isNumber || !(value is >= 0 and <= LatencySettings.LargestMs))
            {
                throw new ScenarioException(
                    new Origin(source, index + 1, 1),
                    $"found \"{line}\", allowed is a number of milliseconds from 0 to {LatencySettings.LargestMs}");
            }

            samples.Add(value);
        }

        if (samples.Count is 0 or > EmpiricalLatencySettings.MostSamples)
        {
            throw new ScenarioException(
                new Origin(source),
                $"found {samples.Count} latencies, allowed are 1 to {EmpiricalLatencySettings.MostSamples}");
        }

        return samples;
    }
}

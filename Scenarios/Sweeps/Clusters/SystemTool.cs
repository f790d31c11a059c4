using System.ComponentModel;
using System.Diagnostics;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>What a program of the system said.</summary>
internal sealed record ToolOutput(int ExitCode, string Output, string Error);

/// <summary>Runs a program of the system to its end; tests have one that only writes down what it is asked.</summary>
internal delegate ToolOutput RunTool(string file, IReadOnlyList<string> arguments);

/// <summary>The programs as the system has them.</summary>
internal static class SystemTool
{
    /// <exception cref="EnvironmentException">There is no such program.</exception>
    public static ToolOutput Run(string file, IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ToolOutput(process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception wrong)
        {
            throw new EnvironmentException($"{file}: {wrong.Message}. It comes with Slurm, which this machine lacks");
        }
    }
}

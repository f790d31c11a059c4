Console.WriteLine("gossipsim");

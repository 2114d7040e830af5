// Command frontdesk answers people's questions with the closest section of staff's articles, and always shows the
// way to a human.
package main

func main() {}
